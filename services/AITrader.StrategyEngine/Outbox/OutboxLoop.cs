using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage;

namespace AITrader.StrategyEngine.Outbox;

/// <summary>Publishes what a failed flush left behind. The flush after each commit is what normally does it.</summary>
internal sealed class OutboxLoop(Supervisor supervisor, IOutboxRelay relay, TimeProvider time) : SupervisedService(supervisor)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await relay.FlushAsync(stoppingToken);
            ReportProgress();
            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
