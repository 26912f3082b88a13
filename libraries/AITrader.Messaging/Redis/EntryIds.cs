using System.Globalization;
using AITrader.Contracts;
using StackExchange.Redis;

namespace AITrader.Messaging.Redis;

/// <summary>Parses and compares entry ids: <c>milliseconds-sequence</c>, and with more than one partition
/// <c>milliseconds-sequence@partition</c>.</summary>
internal static class EntryIds
{
    private const char Separator = '@';

    public static string Join(string id, int partition, int partitions) =>
        partitions == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}{Separator}{partition}");

    public static (string Id, int Partition) Split(string id)
    {
        var at = id.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? (id, 0) : (id[..at], int.Parse(id.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    public static IEnumerable<(string Key, RedisValue[] Ids)> ByKey(StreamLayout layout, string stream, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        return layout.PartitionsOf(stream) == 1
            ? [(layout.Key(stream), [.. ids.Select(static id => (RedisValue)id)])]
            : ids.Select(Split)
                .GroupBy(static id => id.Partition)
                .Select(group => (layout.Key(stream, group.Key), group.Select(static id => (RedisValue)id.Id).ToArray()));
    }

    /// <summary>Compares ids in the order of Redis. The empty string comes before all ids.</summary>
    public static int Compare(string left, string right)
    {
        var (leftTime, leftSeq) = Parts(left);
        var (rightTime, rightSeq) = Parts(right);
        return leftTime != rightTime ? leftTime.CompareTo(rightTime) : leftSeq.CompareTo(rightSeq);
    }

    /// <summary>Time at which the entry was stored, by the clock of the Redis server.</summary>
    public static DateTimeOffset Time(string id) => DateTimeOffset.FromUnixTimeMilliseconds((long)Parts(id).Time);

    private static (ulong Time, ulong Seq) Parts(string id)
    {
        if (id.Length == 0)
        {
            return default;
        }

        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return (
            ulong.Parse(id.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture),
            ulong.Parse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture)
        );
    }
}
