using Microsoft.Extensions.Options;

namespace AITrader.Inference.Execution;

/// <summary>Settings of an inference server.</summary>
public sealed class InferenceOptions
{
    /// <summary>Where configuration holds them.</summary>
    public const string Section = "Inference";

    /// <summary>
    /// Folder of the model repository, or one <c>.onnx</c> file; <c>models</c>, searched from the program's folder
    /// upwards. <c>ONNX_MODEL_PATH</c> wins over it.
    /// </summary>
    public string ModelPath { get; set; } = "models";

    /// <summary>Whether the ladder may end on the CPU; true. Without it a runner with no GPU is not ready, and says why.</summary>
    public bool AllowCpu { get; set; } = true;

    /// <summary>Whether callers need a service token; true. Probes never do.</summary>
    public bool RequireToken { get; set; } = true;

    /// <summary>Whether callers may load and unload models; false. Everyone with a token could then stop every forecast.</summary>
    public bool AllowControl { get; set; }

    /// <summary>Port of the gRPC form, HTTP/2 without TLS; 0 (default) for none. It is another one than the REST form's.</summary>
    public int GrpcPort { get; set; }

    /// <summary>GPU that the CUDA and TensorRT providers use; 0.</summary>
    public int DeviceId { get; set; }

    /// <summary>Memory of the GPU in MiB that CUDA's arena may take for each session; 0 (default) for all there is.</summary>
    public int GpuMemoryLimitMiB { get; set; }

    /// <summary>In what TensorRT computes where a model.json does not say: <c>fp32</c> (default) or <c>fp16</c>.</summary>
    public string Precision { get; set; } = "fp32";

    /// <summary>
    /// Folder that keeps TensorRT's engines between runs; none by default, so each start builds them anew. Engines that no longer fit their
    /// model, the libraries or the GPU are deleted.
    /// </summary>
    public string? EngineCache { get; set; }

    /// <summary>Sessions of one model version, so requests that run at once; 0 (default) means a core each, 4 at most.</summary>
    public int SessionsPerModel { get; set; }

    /// <summary>Threads inside one session; 1. More help big models only.</summary>
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>Requests that may wait for one model before others are refused; 1024. A model's own setting wins.</summary>
    public int QueueLimit { get; set; } = 1024;

    /// <summary>How long a request may wait for a session; 5 s. A model's own setting wins.</summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Forecasts that are remembered until what came true is reported; 4096. 0: none.</summary>
    public int OutcomesKept { get; set; } = 4096;

    /// <summary>How often the repository is checked for changes; 2 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Memory of the process in MiB that it must not pass, 64 at least; 0 (default) for none. At nine tenths of it the runner is no longer
    /// ready, answers what it has, and ends with exit code 75, for its orchestrator to start it again.
    /// </summary>
    public int MemoryLimitMiB { get; set; }

    /// <summary>How often the memory is looked at; 5 s.</summary>
    public TimeSpan MemoryCheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a runner that is about to end for its memory still serves, so that callers can look elsewhere; 5 s.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    internal int Sessions => SessionsPerModel > 0 ? SessionsPerModel : Math.Clamp(Environment.ProcessorCount, 1, 4);
}

internal sealed class InferenceOptionsValidator : IValidateOptions<InferenceOptions>
{
    public ValidateOptionsResult Validate(string? name, InferenceOptions options)
    {
        var findings = new ValidateOptionsResultBuilder();
        Require(findings, options.ModelPath.Length > 0, nameof(options.ModelPath), "a folder or a file is needed");
        Require(findings, options.GrpcPort is >= 0 and <= 65535, nameof(options.GrpcPort), "must lie in 0..65535");
        Require(findings, options.GpuMemoryLimitMiB >= 0, nameof(options.GpuMemoryLimitMiB), "must not be negative");
        Require(findings, options.Precision is "fp32" or "fp16", nameof(options.Precision), "must be fp32 or fp16");
        Require(findings, options.DeviceId >= 0, nameof(options.DeviceId), "must not be negative");
        Require(findings, options.SessionsPerModel is >= 0 and <= 64, nameof(options.SessionsPerModel), "must lie in 0..64");
        Require(findings, options.IntraOpThreads is >= 1 and <= 64, nameof(options.IntraOpThreads), "must lie in 1..64");
        Require(findings, options.QueueLimit >= 1, nameof(options.QueueLimit), "must be above zero");
        Require(findings, options.QueueTimeout > TimeSpan.Zero, nameof(options.QueueTimeout), "must be above zero");
        Require(findings, options.OutcomesKept is >= 0 and <= 1_000_000, nameof(options.OutcomesKept), "must lie in 0..1000000");
        Require(findings, options.MemoryLimitMiB is 0 or >= 64, nameof(options.MemoryLimitMiB), "must be 0, or 64 at least");
        Require(findings, options.MemoryCheckInterval > TimeSpan.Zero, nameof(options.MemoryCheckInterval), "must be above zero");
        Require(findings, options.DrainTime >= TimeSpan.Zero, nameof(options.DrainTime), "must not be negative");
        Require(findings, options.PollInterval > TimeSpan.Zero, nameof(options.PollInterval), "must be above zero");
        return findings.Build();
    }

    private static void Require(ValidateOptionsResultBuilder findings, bool holds, string member, string rule)
    {
        if (!holds)
        {
            findings.AddError(rule, $"{InferenceOptions.Section}:{member}");
        }
    }
}
