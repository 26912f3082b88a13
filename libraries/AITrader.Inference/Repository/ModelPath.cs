using AITrader.Inference.Execution;
using AITrader.Registry.Shelves;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Repository;

/// <summary>Path of the model repository.</summary>
internal sealed class ModelPath(IOptions<InferenceOptions> options, IConfiguration configuration, IHostEnvironment host)
{
    /// <summary>The full path; nothing need exist there.</summary>
    public string Full { get; } =
        RepositoryPath.Find(configuration["ONNX_MODEL_PATH"] is { Length: > 0 } set ? set : options.Value.ModelPath, host.ContentRootPath);
}
