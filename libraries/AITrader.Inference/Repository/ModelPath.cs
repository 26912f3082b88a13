using AITrader.Inference.Execution;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Repository;

/// <summary>Path of the model repository.</summary>
internal sealed class ModelPath(IOptions<InferenceOptions> options, IConfiguration configuration, IHostEnvironment host)
{
    /// <summary>The full path; nothing need exist there.</summary>
    public string Full { get; } =
        Find(configuration["ONNX_MODEL_PATH"] is { Length: > 0 } set ? set : options.Value.ModelPath, host.ContentRootPath);

    // A relative path is looked for upwards too, so that a service run from its project folder finds the clone's models.
    private static string Find(string path, string contentRoot)
    {
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.GetFullPath(path, folder.FullName);
            if (File.Exists(candidate) || Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return Path.GetFullPath(path, contentRoot);
    }
}
