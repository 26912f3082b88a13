using System.Globalization;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Administration;

/// <summary>Describes and trims the streams in Redis.</summary>
internal sealed class StreamAdmin(RedisBus bus, TimeProvider clock) : IStreamAdmin
{
    private const int ScanPage = 1000;
    private const int TrimStep = 10_000;

    // The client allows the command INFO only on administrator connections; a script may call it on any connection.
    private const string MemoryCommand = "return redis.call('INFO', 'memory')";

    public async Task<IReadOnlyList<StreamInfo>> DescribeAsync(CancellationToken ct)
    {
        var keys = await RedisFailures.OrUnavailable(() => KeysAsync(ct), "list streams", ct);
        var streams = await RedisFailures.OrUnavailable(() => Task.WhenAll(keys.Select(DescribeAsync)), "describe streams", ct);
        return [.. streams.OfType<StreamInfo>().OrderBy(static stream => stream.Name, StringComparer.Ordinal)];
    }

    public async Task<StreamTrimming> TrimAsync(string stream, StreamTrimPolicy policy, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.MaxLength is null && policy.MaxAge is null && policy.Bound is null)
        {
            return default;
        }

        var (removed, unacknowledged) = (0L, 0L);
        for (var partition = 0; partition < bus.Layout.PartitionsOf(stream); partition++)
        {
            var trimmed = await TrimAsync(stream, partition, policy, ct);
            (removed, unacknowledged) = (removed + trimmed.Removed, unacknowledged + trimmed.Unacknowledged);
        }

        return new StreamTrimming(removed, unacknowledged);
    }

    public async Task<BusMemory> MemoryAsync(CancellationToken ct)
    {
        var text = (string?)
            await RedisFailures.OrUnavailable(() => bus.Database.ExecuteAsync("EVAL", MemoryCommand, 0), "ask for the memory", ct)
            ?? string.Empty;
        var fields = text.Split('\n', StringSplitOptions.TrimEntries)
            .Select(static line => line.Split(':', 2))
            .Where(static parts => parts.Length == 2)
            .ToDictionary(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);
        return new BusMemory(
            Number(fields, "used_memory"),
            Number(fields, "maxmemory"),
            fields.GetValueOrDefault("maxmemory_policy", string.Empty)
        );
    }

    public async Task<IReadOnlyList<StreamInfo>> FindAsync(string stream, CancellationToken ct)
    {
        var keys = Enumerable.Range(0, bus.Layout.PartitionsOf(stream)).Select(partition => bus.Layout.Key(stream, partition));
        var found = await RedisFailures.OrUnavailable(() => Task.WhenAll(keys.Select(DescribeAsync)), $"describe {stream}", ct);
        return [.. found.OfType<StreamInfo>()];
    }

    private async Task<StreamTrimming> TrimAsync(string stream, int partition, StreamTrimPolicy policy, CancellationToken ct)
    {
        // In steps: one long trim would block every other client of the server.
        var arguments = TrimArguments(stream, partition, policy);
        var (removed, unacknowledged) = (0L, 0L);
        while (true)
        {
            var step = (long[])
                (await RedisFailures.OrUnavailable(() => bus.Database.ExecuteAsync("EVAL", arguments), $"trim {stream}", ct))!;
            (removed, unacknowledged) = (removed + step[0], unacknowledged + step[1]);
            if (step[0] == 0)
            {
                return new StreamTrimming(removed, unacknowledged);
            }
        }
    }

    private object[] TrimArguments(string stream, int partition, StreamTrimPolicy policy)
    {
        var oldest = policy.MaxAge is { } age
            ? (clock.GetUtcNow() - age).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
            : string.Empty;
        return
        [
            TrimScript.Text,
            1,
            (RedisKey)bus.Layout.Key(stream, partition),
            oldest,
            Share(policy.MaxLength, stream),
            TrimStep,
            Share(policy.Bound, stream),
            policy.RecordGroup ?? string.Empty,
            .. policy.RequiredGroups,
        ];
    }

    private string Share(long? length, string stream) =>
        length is { } max ? (max / bus.Layout.PartitionsOf(stream)).ToString(CultureInfo.InvariantCulture) : string.Empty;

    private static long Number(Dictionary<string, string> fields, string name) =>
        long.TryParse(fields.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private async Task<IReadOnlyList<string>> KeysAsync(CancellationToken ct)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            ct.ThrowIfCancellationRequested();
            var page = await bus.Database.ExecuteAsync("SCAN", cursor, "MATCH", bus.Key("*"), "COUNT", ScanPage, "TYPE", "stream");
            cursor = (string)page[0]!;
            keys.UnionWith(((string[])page[1]!).Where(static key => key is not null));
        } while (cursor != "0");

        return [.. keys];
    }

    private async Task<StreamInfo?> DescribeAsync(string key)
    {
        try
        {
            // The last entry id is read before the groups: a group that has been delivered this entry has been delivered the whole stream.
            var stream = await bus.Database.StreamInfoAsync(key);
            var groups = await bus.Database.StreamGroupInfoAsync(key);
            var name = key[bus.Key(string.Empty).Length..];
            return new StreamInfo(name, stream.Length, await Task.WhenAll(groups.Select(group => DescribeAsync(key, stream, group))));
        }
        catch (RedisServerException gone)
            when (gone.Message.Contains("no such key", StringComparison.OrdinalIgnoreCase) || RedisFailures.IsMissingGroup(gone))
        {
            return null;
        }
    }

    private async Task<StreamGroupInfo> DescribeAsync(
        string key,
        StackExchange.Redis.StreamInfo stream,
        StackExchange.Redis.StreamGroupInfo group
    )
    {
        var oldest =
            group.PendingMessageCount == 0 ? default : (await bus.Database.StreamPendingAsync(key, group.Name)).LowestPendingMessageId;
        TimeSpan? age = oldest.IsNullOrEmpty ? null : Positive(clock.GetUtcNow() - EntryIds.Time(oldest!));
        return new StreamGroupInfo(group.Name, group.PendingMessageCount, StreamLag.Of(stream, group), age);
    }

    // The server's clock may be ahead of this one.
    private static TimeSpan Positive(TimeSpan age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;
}
