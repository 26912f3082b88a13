using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Outbox;

namespace AITrader.Outbox;

/// <summary>Publishes outbox rows that a failed flush left behind. Normally the flush after each commit publishes them.</summary>
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
