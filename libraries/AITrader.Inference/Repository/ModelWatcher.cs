using AITrader.Inference.Diagnostics;
using AITrader.Inference.Execution;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Repository;

/// <summary>Loads the repository at start, and polls it for changes afterwards.</summary>
/// <remarks>It polls, because change notifications do not cross volumes that containers mount.</remarks>
internal sealed class ModelWatcher(
    ModelRepository repository,
    IOptions<InferenceOptions> options,
    TimeProvider clock,
    ILogger<ModelWatcher> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Loading blocks; the host's start must not wait for it, so that probes can say that models are warming.
        await Task.Yield();
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        do
        {
            await RefreshAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await repository.RefreshAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The one supervised loop: served models must survive a failure to read the disk.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.RefreshFailed(failure);
        }
    }
}
