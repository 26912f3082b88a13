using System.Reflection;
using AITrader.Inference.Execution;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Repository;

/// <summary>What the server says of itself, in both forms of the protocol.</summary>
internal sealed class ServerDescription(IHostEnvironment host, IOptions<InferenceOptions> options)
{
    /// <summary>The name of the platform of every model.</summary>
    public const string Platform = "onnxruntime_onnx";

    public string Name => host.ApplicationName;

    public string Version { get; } =
        typeof(ServerDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Whether callers may load and unload models.</summary>
    public bool AllowsControl => options.Value.AllowControl;

    /// <summary>Only extensions that are implemented: clients choose their requests by this list.</summary>
    public IReadOnlyList<string> Extensions { get; } =
        options.Value.AllowControl
            ? ["binary_tensor_data", "statistics", "model_configuration", "model_repository"]
            : ["binary_tensor_data", "statistics", "model_configuration"];
}
