using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AITrader.AppHost.Topology;

/// <summary>What of this machine's GPUs the runner takes, by the host's settings.</summary>
/// <param name="Device">Number of the GPU. In a cluster it is the scheduler's.</param>
/// <param name="MemoryLimitMiB">Memory of it that a session may take; null for all there is.</param>
/// <param name="Precision">In what TensorRT computes where a model does not say; null for the runner's own.</param>
internal sealed record GpuSettings(int Device, int? MemoryLimitMiB, string? Precision)
{
    /// <exception cref="DistributedApplicationException">One makes no sense; the text says which, and what would.</exception>
    public static GpuSettings Of(IConfiguration configuration) =>
        new(
            Number(configuration, "Inference:GpuDevice", "0 or more, the number of a GPU as nvidia-smi has it") ?? 0,
            Number(configuration, "Inference:GpuMemoryLimitMiB", "MiB, 0 for all there is"),
            configuration["Inference:GpuPrecision"] switch
            {
                null or "" => null,
                ("fp32" or "fp16") and var known => known,
                var other => throw new DistributedApplicationException($"Inference:GpuPrecision is '{other}'; it can be fp32 or fp16."),
            }
        );

    private static int? Number(IConfiguration configuration, string setting, string rule) =>
        configuration[setting] is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new DistributedApplicationException($"{setting} is '{text}'; it is {rule}.");
}
