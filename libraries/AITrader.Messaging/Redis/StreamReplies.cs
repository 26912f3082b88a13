using StackExchange.Redis;
using RedisEntry = StackExchange.Redis.StreamEntry;

namespace AITrader.Messaging.Redis;

/// <summary>Parses replies of commands that the client library does not support in the form used here.</summary>
internal static class StreamReplies
{
    /// <summary>The entries of each stream; empty where the read timed out.</summary>
    public static IEnumerable<(string Key, RedisEntry[] Entries)> Streams(RedisResult reply)
    {
        if (reply.IsNull)
        {
            yield break;
        }

        var parts = (RedisResult[])reply!;

        // RESP2 answers pairs [key, entries]; RESP3 a map, flattened to key, entries, key, entries.
        var isFlat = parts.Length > 0 && parts[0].Resp2Type != ResultType.Array;
        for (var i = 0; i < parts.Length; i += isFlat ? 2 : 1)
        {
            var key = isFlat ? parts[i] : parts[i][0];
            var entries = isFlat ? parts[i + 1] : parts[i][1];
            yield return ((string)key!, Entries(entries));
        }
    }

    /// <summary>Parses a list of [id, [name, value, …]]; entries deleted meanwhile are left out.</summary>
    public static RedisEntry[] Entries(RedisResult reply)
    {
        if (reply.IsNull)
        {
            return [];
        }

        var list = new List<RedisEntry>(reply.Length);
        foreach (var item in (RedisResult[])reply!)
        {
            if (!item.IsNull && !item[1].IsNull)
            {
                list.Add(new RedisEntry((RedisValue)item[0], Pairs((RedisValue[])item[1]!)));
            }
        }

        return [.. list];
    }

    private static NameValueEntry[] Pairs(RedisValue[] flat)
    {
        var pairs = new NameValueEntry[flat.Length / 2];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new NameValueEntry(flat[2 * i], flat[(2 * i) + 1]);
        }

        return pairs;
    }
}
