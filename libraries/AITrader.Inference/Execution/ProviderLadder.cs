using System.Globalization;
using AITrader.Inference.Failures;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Execution;

/// <summary>The execution providers of a host (the rungs of its ladder), in the order in which they are tried.</summary>
internal sealed record LadderRungs(IReadOnlyList<ExecutionProvider> Rungs);

/// <summary>A provider that could not open the model, so that the next one was tried.</summary>
/// <param name="Provider">The provider that failed.</param>
/// <param name="Reason">The error message of the runtime.</param>
internal sealed record StepDown(ExecutionProvider Provider, string Reason);

/// <summary>The sessions of a model on the first provider that worked, and why the providers before it failed.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Sessions">Its sessions.</param>
/// <param name="StepDowns">Those before it.</param>
/// <param name="Placement">Records the first session, where nodes can be on another provider.</param>
/// <param name="Accelerator">What was asked of the provider.</param>
internal sealed record OpenedModel(
    ExecutionProvider Provider,
    IReadOnlyList<InferenceSession> Sessions,
    IReadOnlyList<StepDown> StepDowns,
    NodePlacement? Placement,
    AcceleratorSettings Accelerator
)
{
    /// <summary>Whether runs are captured as a CUDA graph.</summary>
    public bool IsGraph => Provider != ExecutionProvider.Cpu && Accelerator.IsGraph;
}

/// <summary>A provider could open a model, and yet must not serve it.</summary>
internal sealed class RungRefusedException(string message) : Exception(message);

/// <summary>Opens models on the first execution provider that works.</summary>
internal sealed class ProviderLadder(LadderRungs ladder, EngineCache engines, IOptions<InferenceOptions> options)
{
    private readonly IReadOnlyList<ExecutionProvider> _rungs =
    [
        .. ladder.Rungs.Where(rung => rung != ExecutionProvider.Cpu || options.Value.AllowCpu),
    ];

    /// <exception cref="ModelLoadException">No provider can open the model.</exception>
    public OpenedModel Open(string path, AcceleratorSettings accelerator)
    {
        var stepDowns = new List<StepDown>();
        foreach (var rung in _rungs)
        {
            if (TryOpen(rung, path, accelerator, stepDowns) is { } opened)
            {
                return opened;
            }

            // A model of which the provider takes a part only cannot be captured, and runs all the same.
            if (
                accelerator.IsGraph
                && stepDowns[^1].Reason.Contains("graph feature", StringComparison.OrdinalIgnoreCase)
                && TryOpen(rung, path, accelerator with { IsGraph = false }, stepDowns) is { } plain
            )
            {
                return plain;
            }
        }

        throw new ModelLoadException(
            stepDowns.Count == 0
                ? "no execution provider is allowed: the ladder has none but the CPU, and AllowCpu is false"
                : string.Join("; ", stepDowns.Select(static step => $"{step.Provider.NameOf()}: {step.Reason}"))
        );
    }

    private OpenedModel? TryOpen(ExecutionProvider rung, string path, AcceleratorSettings accelerator, List<StepDown> stepDowns)
    {
#pragma warning disable CA2000 // Whoever opened the model ends the recording.
        var placement = rung == ExecutionProvider.Cpu ? null : NodePlacement.TryStart();
#pragma warning restore CA2000
        try
        {
            return new OpenedModel(rung, OpenOn(rung, path, accelerator, placement), stepDowns, placement, accelerator);
        }
        catch (Exception failure)
        {
            placement?.Dispose();
            if (!IsLadderFailure(failure))
            {
                throw;
            }

            stepDowns.Add(new StepDown(rung, Describe(failure)));
            return null;
        }
    }

    // Each session appends its own provider: a provider may accept the append and fail when the session is made.
    private List<InferenceSession> OpenOn(ExecutionProvider rung, string path, AcceleratorSettings accelerator, NodePlacement? placement)
    {
        var sessions = new List<InferenceSession>();
        try
        {
            for (var i = 0; i < options.Value.Sessions; i++)
            {
                using var settings = SettingsFor(rung, path, accelerator);
                if (i == 0)
                {
                    placement?.Record(settings);
                }

                sessions.Add(new InferenceSession(path, settings));
            }

            if (rung == ExecutionProvider.TensorRT && accelerator.FirstWithoutProfile(SignatureReader.Read(sessions[0])) is { } input)
            {
                throw new RungRefusedException(
                    $"input '{input}' varies and model.json has no profile for it: engines would be built within requests"
                );
            }

            return sessions;
        }
        catch
        {
            sessions.ForEach(static session => session.Dispose());
            throw;
        }
    }

    private SessionOptions SettingsFor(ExecutionProvider rung, string path, AcceleratorSettings accelerator)
    {
        var settings = new SessionOptions();
        try
        {
            settings.IntraOpNumThreads = options.Value.IntraOpThreads;
            settings.InterOpNumThreads = 1;
            settings.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
            settings.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

            // Threads of a pool must not spin between requests: an idle runner costs nothing.
            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            Append(rung, settings, path, accelerator);
            return settings;
        }
        catch
        {
            settings.Dispose();
            throw;
        }
    }

    private void Append(ExecutionProvider rung, SessionOptions settings, string path, AcceleratorSettings accelerator)
    {
        var device = options.Value.DeviceId.ToString(CultureInfo.InvariantCulture);
        switch (rung)
        {
            case ExecutionProvider.TensorRT:
                using (var tensorRt = new OrtTensorRTProviderOptions())
                {
                    tensorRt.UpdateOptions(TensorRtSettings(device, engines.FolderFor(path, accelerator), accelerator));
                    settings.AppendExecutionProvider_Tensorrt(tensorRt);
                }

                break;
            case ExecutionProvider.Cuda:
                using (var cuda = new OrtCUDAProviderOptions())
                {
                    cuda.UpdateOptions(CudaSettings(device, options.Value.GpuMemoryLimitMiB, accelerator));
                    settings.AppendExecutionProvider_CUDA(cuda);
                }

                break;
        }
    }

    internal static Dictionary<string, string> CudaSettings(string device, int memoryLimitMiB, AcceleratorSettings accelerator)
    {
        var settings = new Dictionary<string, string> { ["device_id"] = device, ["arena_extend_strategy"] = "kSameAsRequested" };
        if (memoryLimitMiB > 0)
        {
            settings["gpu_mem_limit"] = (memoryLimitMiB * 1024L * 1024).ToString(CultureInfo.InvariantCulture);
        }

        if (accelerator.IsGraph)
        {
            settings["enable_cuda_graph"] = "1";
        }

        return settings;
    }

    internal static Dictionary<string, string> TensorRtSettings(string device, string? folder, AcceleratorSettings accelerator)
    {
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = device,
            ["trt_fp16_enable"] = accelerator.IsHalfPrecision ? "1" : "0",
        };
        if (accelerator.IsGraph)
        {
            settings["trt_cuda_graph_enable"] = "1";
        }

        if (accelerator.Profiles.Count > 0)
        {
            settings["trt_profile_min_shapes"] = accelerator.Text(static profile => profile.Min);
            settings["trt_profile_opt_shapes"] = accelerator.Text(static profile => profile.Opt);
            settings["trt_profile_max_shapes"] = accelerator.Text(static profile => profile.Max);
        }

        if (folder is not null)
        {
            settings["trt_engine_cache_enable"] = "1";
            settings["trt_engine_cache_path"] = folder;
            settings["trt_timing_cache_enable"] = "1";
            settings["trt_timing_cache_path"] = folder;
        }

        return settings;
    }

    private static bool IsLadderFailure(Exception failure) =>
        failure
            is OnnxRuntimeException
                or RungRefusedException
                or IOException
                or UnauthorizedAccessException
                or EntryPointNotFoundException
                or DllNotFoundException
                or TypeInitializationException;

    // A missing native library appears as the failure of a static constructor, whose inner exception gives the reason.
    private static string Describe(Exception failure) =>
        failure is TypeInitializationException { InnerException: { } inner } ? inner.Message.Trim() : failure.Message.Trim();
}
