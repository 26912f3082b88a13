using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Reading;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Messaging.Administration;

/// <summary>Samples length, lag and age of pending entries of the streams that this process reads.</summary>
internal sealed class StreamSampler(
    StreamReaders readers,
    StreamAdmin admin,
    MessagingMetrics metrics,
    IOptions<StreamsOptions> options,
    TimeProvider clock,
    ILogger<StreamSampler> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.MetricsInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SampleAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task SampleAsync(CancellationToken ct)
    {
        try
        {
            foreach (var stream in readers.Streams)
            {
                foreach (var found in await admin.FindAsync(stream, ct))
                {
                    metrics.Sampled(found);
                }
            }
        }
        catch (BusUnavailableException away)
        {
            logger.NotSampled(away);
        }
    }
}
