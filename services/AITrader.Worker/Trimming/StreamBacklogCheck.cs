using System.Globalization;
using AITrader.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Trimming;

/// <summary>Health check that warns before Redis or one of its streams reaches its bound. Safe from any thread.</summary>
internal sealed class StreamBacklogCheck(IOptions<TrimmingOptions> options) : IHealthCheck
{
    private const double CriticalMemoryShare = 0.9;

    private Reading? _reading;

    /// <summary>Stores the latest measurements of the trimmer.</summary>
    public void Update(BusMemory memory, IReadOnlyList<StreamInfo> streams) => Volatile.Write(ref _reading, new Reading(memory, streams));

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _reading) is not { } reading)
        {
            return Task.FromResult(HealthCheckResult.Healthy("not checked yet"));
        }

        var alarms = Alarms(reading).OrderByDescending(static alarm => alarm.IsUrgent).ToList();
        var text = string.Join("; ", alarms.Select(static alarm => alarm.Text));
        return Task.FromResult(
            alarms switch
            {
                [] => HealthCheckResult.Healthy(),
                [{ IsUrgent: true }, ..] => HealthCheckResult.Unhealthy(text),
                _ => HealthCheckResult.Degraded(text),
            }
        );
    }

    private IEnumerable<(bool IsUrgent, string Text)> Alarms(Reading reading) =>
        MemoryAlarms(reading.Memory)
            .Concat(reading.Streams.GroupBy(static stream => TrimRules.CommonName(stream.Name)).SelectMany(StreamAlarms));

    private IEnumerable<(bool IsUrgent, string Text)> MemoryAlarms(BusMemory memory)
    {
        if (memory.Limit == 0)
        {
            yield return (false, "Redis has no bound of memory: set maxmemory");
        }
        else if (memory.Policy != BusMemory.Refuses)
        {
            yield return (true, $"Redis evicts keys at its memory limit (maxmemory-policy {memory.Policy}): set {BusMemory.Refuses}");
        }
        else if (memory.Share >= options.Value.AlarmShare)
        {
            yield return (
                memory.Share >= CriticalMemoryShare,
                string.Create(CultureInfo.InvariantCulture, $"Redis uses {memory.Share:P0} of its memory; at 100 % it takes nothing more")
            );
        }
    }

    private IEnumerable<(bool IsUrgent, string Text)> StreamAlarms(IGrouping<string, StreamInfo> partitions)
    {
        if (TrimRules.For(partitions.Key, options.Value) is not { Bound: { } whole } rule)
        {
            yield break;
        }

        var bound = whole / partitions.Count();
        foreach (var (stream, group) in partitions.SelectMany(static stream => stream.Groups.Select(group => (stream, group))))
        {
            var behind = group.Pending + group.Lag;
            if (behind >= bound * options.Value.AlarmShare)
            {
                var end =
                    group.Name == rule.RecordGroup
                        ? "nothing of that can be removed before it is stored"
                        : $"from {bound} on its oldest entries are removed unseen";
                yield return (
                    behind >= bound,
                    string.Create(CultureInfo.InvariantCulture, $"{group.Name} is {behind} entries behind on {stream.Name}: {end}")
                );
            }
        }
    }

    private sealed record Reading(BusMemory Memory, IReadOnlyList<StreamInfo> Streams);
}
