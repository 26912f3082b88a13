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
internal sealed record OpenedModel(ExecutionProvider Provider, IReadOnlyList<InferenceSession> Sessions, IReadOnlyList<StepDown> StepDowns);

/// <summary>Opens models on the first execution provider that works.</summary>
internal sealed class ProviderLadder(LadderRungs ladder, IOptions<InferenceOptions> options)
{
    private readonly IReadOnlyList<ExecutionProvider> _rungs =
    [
        .. ladder.Rungs.Where(rung => rung != ExecutionProvider.Cpu || options.Value.AllowCpu),
    ];

    /// <exception cref="ModelLoadException">No provider can open the model.</exception>
    public OpenedModel Open(string path)
    {
        var stepDowns = new List<StepDown>();
        foreach (var rung in _rungs)
        {
            try
            {
                return new OpenedModel(rung, OpenOn(rung, path), stepDowns);
            }
            catch (Exception failure) when (IsLadderFailure(failure))
            {
                stepDowns.Add(new StepDown(rung, Describe(failure)));
            }
        }

        throw new ModelLoadException(
            stepDowns.Count == 0
                ? "no execution provider is allowed: the ladder has none but the CPU, and AllowCpu is false"
                : string.Join("; ", stepDowns.Select(static step => $"{step.Provider.NameOf()}: {step.Reason}"))
        );
    }

    // Each session appends its own provider: a provider may accept the append and fail when the session is made.
    private List<InferenceSession> OpenOn(ExecutionProvider rung, string path)
    {
        var sessions = new List<InferenceSession>();
        try
        {
            for (var i = 0; i < options.Value.Sessions; i++)
            {
                using var settings = SettingsFor(rung);
                sessions.Add(new InferenceSession(path, settings));
            }

            return sessions;
        }
        catch
        {
            sessions.ForEach(static session => session.Dispose());
            throw;
        }
    }

    private SessionOptions SettingsFor(ExecutionProvider rung)
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
            Append(rung, settings);
            return settings;
        }
        catch
        {
            settings.Dispose();
            throw;
        }
    }

    private void Append(ExecutionProvider rung, SessionOptions settings)
    {
        var device = options.Value.DeviceId.ToString(CultureInfo.InvariantCulture);
        switch (rung)
        {
            case ExecutionProvider.TensorRT:
                using (var tensorRt = new OrtTensorRTProviderOptions())
                {
                    tensorRt.UpdateOptions(TensorRtSettings(device));
                    settings.AppendExecutionProvider_Tensorrt(tensorRt);
                }

                break;
            case ExecutionProvider.Cuda:
                using (var cuda = new OrtCUDAProviderOptions())
                {
                    cuda.UpdateOptions(
                        new Dictionary<string, string> { ["device_id"] = device, ["arena_extend_strategy"] = "kSameAsRequested" }
                    );
                    settings.AppendExecutionProvider_CUDA(cuda);
                }

                break;
        }
    }

    private Dictionary<string, string> TensorRtSettings(string device)
    {
        var settings = new Dictionary<string, string> { ["device_id"] = device };
        if (options.Value.EngineCache is { Length: > 0 } folder)
        {
            settings["trt_engine_cache_enable"] = "1";
            settings["trt_engine_cache_path"] = folder;
            settings["trt_timing_cache_enable"] = "1";
            settings["trt_timing_cache_path"] = folder;
        }

        return settings;
    }

    private static bool IsLadderFailure(Exception failure) =>
        failure is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or TypeInitializationException;

    // A missing native library appears as the failure of a static constructor, whose inner exception gives the reason.
    private static string Describe(Exception failure) =>
        failure is TypeInitializationException { InnerException: { } inner } ? inner.Message.Trim() : failure.Message.Trim();
}
