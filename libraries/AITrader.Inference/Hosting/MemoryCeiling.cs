using System.Globalization;
using AITrader.Inference.Diagnostics;
using AITrader.Inference.Execution;
using AITrader.Inference.Repository;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Hosting;

/// <summary>Ends the process in good order before it passes its memory limit; its orchestrator starts it again.</summary>
/// <remarks>Native memory of the runtime cannot always be given back. Whoever kills a process at its limit takes the requests in flight
/// with it; here it says first that it is not ready, and those finish.</remarks>
internal sealed class MemoryCeiling(
    ModelRepository models,
    IHostApplicationLifetime lifetime,
    IOptions<InferenceOptions> options,
    TimeProvider clock,
    ILogger<MemoryCeiling> log
) : BackgroundService
{
    /// <summary>Exit code of such an end: "try again", as sysexits.h has it.</summary>
    public const int ExitCode = 75;

    // Between two looks the memory may grow by the rest.
    private const double Share = 0.9;
    private const double MiB = 1024 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.MemoryLimitMiB == 0)
        {
            return;
        }

        await Task.Yield();
        using var timer = new PeriodicTimer(options.Value.MemoryCheckInterval, clock);
        int used;
        while (!IsTooHigh(out used))
        {
            await timer.WaitForNextTickAsync(stoppingToken);
        }

        await EndAsync(used, stoppingToken);
    }

    private async Task EndAsync(int used, CancellationToken cancellationToken)
    {
        log.MemoryCeilingReached(used, options.Value.MemoryLimitMiB);
        models.Leave(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{used} MiB of memory are close to the limit of {options.Value.MemoryLimitMiB} MiB: the runner starts anew"
            )
        );

        // Who balances the load has this long to look elsewhere.
        await Task.Delay(options.Value.DrainTime, clock, cancellationToken);
        Environment.ExitCode = ExitCode;
        lifetime.StopApplication();
    }

    private bool IsTooHigh(out int used)
    {
        used = UsedMiB();
        if (used < options.Value.MemoryLimitMiB * Share)
        {
            return false;
        }

        // Garbage is no reason to end.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        used = UsedMiB();
        return used >= options.Value.MemoryLimitMiB * Share;
    }

    private static int UsedMiB() => (int)(Environment.WorkingSet / MiB);
}
