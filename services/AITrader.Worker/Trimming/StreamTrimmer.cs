using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Worker.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Trimming;

/// <summary>Trims the streams, and passes their lengths and the memory usage to the health check.</summary>
internal sealed class StreamTrimmer(
    Supervisor supervisor,
    IStreamAdmin admin,
    StreamBacklogCheck check,
    IOptions<TrimmingOptions> options,
    WorkerMetrics metrics,
    TimeProvider time,
    ILogger<StreamTrimmer> log
) : SupervisedService(supervisor)
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await TrimAsync(stoppingToken);
            ReportProgress();
            await Task.Delay(options.Value.Interval, time, stoppingToken);
        }
    }

    private async Task TrimAsync(CancellationToken ct)
    {
        var memory = await admin.MemoryAsync(ct);
        var found = await admin.DescribeAsync(ct);
        check.Update(memory, found);
        metrics.Memory(memory);
        foreach (var stream in found.Select(static stream => TrimRules.CommonName(stream.Name)).Distinct(StringComparer.Ordinal))
        {
            var rule = TrimRules.For(stream, options.Value);
            var trimmed = await admin.TrimAsync(stream, memory.Share > options.Value.PressureShare ? rule.UnderPressure() : rule, ct);
            if (trimmed.Removed > 0)
            {
                metrics.Trimmed(stream, trimmed);
            }

            if (trimmed.Unacknowledged > 0)
            {
                log.UnacknowledgedTrimmed(trimmed.Unacknowledged, stream);
            }
        }
    }
}
