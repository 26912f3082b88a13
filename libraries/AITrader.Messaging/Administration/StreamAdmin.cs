using System.Globalization;
using AITrader.Messaging.Reading;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Administration;

/// <summary>Shows and trims streams.</summary>
internal sealed class StreamAdmin(RedisBus bus, TimeProvider clock) : IStreamAdmin
{
    private const int ScanPage = 1000;
    private const int TrimStep = 10_000;

    public async Task<IReadOnlyList<StreamInfo>> DescribeAsync(CancellationToken ct)
    {
        var keys = await RedisFailures.OrUnavailable(() => KeysAsync(ct), "list streams", ct);
        var streams = await RedisFailures.OrUnavailable(() => Task.WhenAll(keys.Select(DescribeAsync)), "describe streams", ct);
        return [.. streams.OfType<StreamInfo>().OrderBy(static stream => stream.Name, StringComparer.Ordinal)];
    }

    public async Task<long> TrimAsync(string stream, StreamTrimPolicy policy, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.MaxLength is null && policy.MaxAge is null)
        {
            return 0;
        }

        var removed = 0L;
        for (var partition = 0; partition < bus.Layout.PartitionsOf(stream); partition++)
        {
            removed += await TrimAsync(stream, partition, policy, ct);
        }

        return removed;
    }

    /// <summary>The partitions of a stream that exist.</summary>
    public async Task<IReadOnlyList<StreamInfo>> FindAsync(string stream, CancellationToken ct)
    {
        var keys = Enumerable.Range(0, bus.Layout.PartitionsOf(stream)).Select(partition => bus.Layout.Key(stream, partition));
        var found = await RedisFailures.OrUnavailable(() => Task.WhenAll(keys.Select(DescribeAsync)), $"describe {stream}", ct);
        return [.. found.OfType<StreamInfo>()];
    }

    private async Task<long> TrimAsync(string stream, int partition, StreamTrimPolicy policy, CancellationToken ct)
    {
        // In steps: one long trim would hold every other client up.
        var arguments = TrimArguments(stream, partition, policy);
        var removed = 0L;
        while (true)
        {
            var step = (long)await RedisFailures.OrUnavailable(() => bus.Database.ExecuteAsync("EVAL", arguments), $"trim {stream}", ct);
            removed += step;
            if (step == 0)
            {
                return removed;
            }
        }
    }

    private object[] TrimArguments(string stream, int partition, StreamTrimPolicy policy)
    {
        var oldest = policy.MaxAge is { } age ? (clock.GetUtcNow() - age).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : string.Empty;
        var length = policy.MaxLength is { } most ? (most / bus.Layout.PartitionsOf(stream)).ToString(CultureInfo.InvariantCulture) : string.Empty;
        return [TrimScript.Text, 1, (RedisKey)bus.Layout.Key(stream, partition), oldest, length, TrimStep, .. policy.RequiredGroups];
    }

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
        }
        while (cursor != "0");

        return [.. keys];
    }

    private async Task<StreamInfo?> DescribeAsync(string key)
    {
        try
        {
            var length = bus.Database.StreamLengthAsync(key);
            var groups = await bus.Database.StreamGroupInfoAsync(key);
            var name = key[bus.Key(string.Empty).Length..];
            return new StreamInfo(name, await length, await Task.WhenAll(groups.Select(group => DescribeAsync(key, group))));
        }
        catch (RedisServerException gone) when (gone.Message.Contains("no such key", StringComparison.OrdinalIgnoreCase) || RedisFailures.IsMissingGroup(gone))
        {
            return null;
        }
    }

    private async Task<StreamGroupInfo> DescribeAsync(string key, StackExchange.Redis.StreamGroupInfo group)
    {
        var oldest = group.PendingMessageCount == 0 ? default : (await bus.Database.StreamPendingAsync(key, group.Name)).LowestPendingMessageId;
        TimeSpan? age = oldest.IsNullOrEmpty ? null : Positive(clock.GetUtcNow() - EntryIds.Time(oldest!));
        return new StreamGroupInfo(group.Name, group.PendingMessageCount, group.Lag, age);
    }

    // The server's clock may be ahead of this one.
    private static TimeSpan Positive(TimeSpan age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;
}
