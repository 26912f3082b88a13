using AITrader.Backend.Ticks;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>Publishes the newest tick of each symbol, at most once an interval.</summary>
internal sealed class TickPublisher(
    Supervisor supervisor,
    LatestTicks latest,
    IMonitorChannel channel,
    MonitorJson json,
    IOptions<MonitorOptions> options,
    TimeProvider time
) : SupervisedService(supervisor)
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            foreach (var tick in await latest.TakeAsync(stoppingToken))
            {
                await channel.PublishAsync(json.Write(MonitorJson.Tick, Short(tick)), stoppingToken);
            }

            ReportProgress();
            await Task.Delay(options.Value.TickInterval, time, stoppingToken);
        }
    }

    private static MonitorTick Short(Tick tick) =>
        new(tick.Symbol, tick.Price, tick.Bid, tick.Ask, tick.Volume, tick.Timestamp, TickResponse.NameOf(tick.Kind), tick.Run, tick.Seq);
}
