using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Models;

/// <summary>Loads what is installed at the start, and looks for changes afterwards.</summary>
/// <remarks>It polls, because change notifications do not cross volumes that containers mount.</remarks>
internal sealed class ModelWatch(Supervisor supervisor, InstalledModels models, IOptions<FinBertOptions> options, TimeProvider time)
    : SupervisedService(supervisor)
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        // Loading blocks; the start of the host must not wait for it.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await models.RefreshAsync(stoppingToken);
            ReportProgress();
            await Task.Delay(options.Value.PollInterval, time, stoppingToken);
        }
    }
}
