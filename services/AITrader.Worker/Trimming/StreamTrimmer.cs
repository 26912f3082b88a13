using AITrader.Contracts;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Worker.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Trimming;

/// <summary>Keeps the streams short.</summary>
internal sealed class StreamTrimmer(
    Supervisor supervisor, IStreamAdmin admin, IOptions<TrimmingOptions> options, WorkerMetrics metrics, TimeProvider time)
    : SupervisedService(supervisor)
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
        foreach (var stream in await NamesAsync(ct))
        {
            var removed = await admin.TrimAsync(stream, TrimRules.For(stream, options.Value), ct);
            if (removed > 0)
            {
                metrics.Trimmed(stream, removed);
            }
        }
    }

    // Partitioned streams are described one by one and trimmed by their common name.
    private async Task<IEnumerable<string>> NamesAsync(CancellationToken ct)
    {
        var found = await admin.DescribeAsync(ct);
        return found.Select(static stream => stream.Name).Where(static name => !IsPartition(name))
            .Union([StreamNames.RawTicks, StreamNames.Signals], StringComparer.Ordinal);
    }

    private static bool IsPartition(string name) =>
        name.StartsWith($"{StreamNames.RawTicks}:", StringComparison.Ordinal) || name.StartsWith($"{StreamNames.Signals}:", StringComparison.Ordinal);
}
