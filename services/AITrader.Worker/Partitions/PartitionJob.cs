using System.Globalization;
using System.Text.Json;
using AITrader.Storage.Rows;
using AITrader.Storage.Ticks;
using AITrader.Worker.Diagnostics;
using AITrader.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Partitions;

/// <summary>Creates the tick partitions of the coming days and drops those beyond the retention.</summary>
internal sealed class PartitionJob(ITickStore ticks, IOptions<PartitionOptions> options, TimeProvider time, ILogger<PartitionJob> log)
    : IJobHandler
{
    public const string TypeName = "tick-partitions";

    public string Type => TypeName;

    public TimeSpan? Every => options.Value.Every;

    public async Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var retention = options.Value.RetentionDays;
        var made = await ticks.EnsurePartitionsAsync(today, today.AddDays(options.Value.DaysAhead), ct);
        var dropped = await ticks.DropPartitionsAsync(today.AddDays(-retention), now.AddDays(-retention), ct);
        var days = dropped.Select(static day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ToArray();
        if (made > 0 || days.Length > 0)
        {
            log.PartitionsKept(made, string.Join(' ', days));
        }

        return JsonSerializer.Serialize(new { made, dropped = days });
    }
}
