using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;
using StackExchange.Redis;
using RedisEntry = StackExchange.Redis.StreamEntry;

namespace AITrader.Messaging.Reading;

/// <summary>The stream commands of one consumer.</summary>
internal sealed class GroupCommands(ReaderContext context)
{
    private const int TakeoverPage = 1000;

    // A read whose caller has gone may block the connection for this long.
    private static readonly TimeSpan MaxBlock = TimeSpan.FromSeconds(2);

    public async Task EnsureGroupAsync(IDatabase redis, string key)
    {
        try
        {
            await redis.StreamCreateConsumerGroupAsync(key, context.Group, StreamPosition.Beginning, createStream: true);
        }
        catch (RedisServerException refusal) when (RedisFailures.IsExistingGroup(refusal))
        {
            // The group exists already.
        }
        catch (RedisServerException refusal) when (RedisFailures.IsOutOfMemory(refusal))
        {
            // A full server creates no group, but consumers of an existing group must still read: only that frees memory.
            if (!(await redis.StreamGroupInfoAsync(key)).Any(found => found.Name == context.Group))
            {
                throw;
            }
        }
    }

    /// <summary>Returns new entries by stream. A plain read comes first, because its reply is parsed faster; the command blocks only where
    /// there is no entry.</summary>
    public async Task<IReadOnlyList<(string Key, RedisEntry[] Entries)>> ReadNewAsync(
        IDatabase redis,
        PartitionCursor[] cursors,
        int maxCount,
        TimeSpan left
    )
    {
        var found = await ReadWaitingAsync(redis, cursors, maxCount);
        return found.Count > 0 || left <= TimeSpan.Zero ? found : await BlockAsync(redis, cursors, maxCount, left);
    }

    /// <summary>Claims pending entries for this consumer and returns them; a failure of the caller does not count as a delivery.</summary>
    public async Task<RedisEntry[]> ClaimAsync(IDatabase redis, string key, IReadOnlyList<PendingId> ids)
    {
        var list = ids.Select(static id => (RedisValue)id.Id).ToArray();
        var claimed = ids[0].CountsAsDelivery
            ? await redis.StreamClaimAsync(key, context.Group, context.Consumer, 0, list)
            : StreamReplies.Entries(
                await redis.ExecuteAsync(
                    "XCLAIM",
                    [(RedisKey)key, context.Group, context.Consumer, 0, .. list.Cast<object>(), "RETRYCOUNT", ids[0].Deliveries]
                )
            );
        if (claimed.Length < list.Length)
        {
            var present = claimed.Select(static entry => entry.Id).ToHashSet();
            await CountLostAsync(redis, key, [.. list.Where(id => !present.Contains(id))]);
        }

        return claimed;
    }

    /// <summary>Moves entries to the dead letters that were delivered too often without an acknowledgement.</summary>
    public async Task GiveUpAsync(IDatabase redis, string key, IReadOnlyList<PendingId> ids, CancellationToken ct)
    {
        foreach (var id in ids)
        {
            var stored = await redis.StreamRangeAsync(key, id.Id, id.Id).WaitAsync(ct);
            var fields = stored.Length > 0 ? stored[0].Values : [];
            var letter = new DeadLetter(key, id.Id, fields, id.Deliveries, $"delivered {id.Deliveries} times without an acknowledgement");
            await context.Dead.MoveAsync(context.Stream, context.Group, letter, ct);
        }
    }

    /// <summary>Takes entries over from consumers that have been silent for too long, and returns their ids.</summary>
    public async Task<RedisValue[]> TakeOverAsync(IDatabase redis, string key)
    {
        var minIdle = (long)context.Bus.Options.MinIdle.TotalMilliseconds;
        var taken = new List<RedisValue>();
        var from = (RedisValue)"0-0";
        do
        {
            var page = await redis.StreamAutoClaimIdsOnlyAsync(key, context.Group, context.Consumer, minIdle, from, TakeoverPage);
            taken.AddRange(page.ClaimedIds);
            Lost(page.DeletedIds);
            from = page.NextStartId;
        } while (from != "0-0");

        if (taken.Count > 0)
        {
            context.Logger.TookOver(context.Consumer, context.Group, taken.Count, context.Stream);
        }

        return [.. taken];
    }

    private async Task<IReadOnlyList<(string Key, RedisEntry[] Entries)>> ReadWaitingAsync(
        IDatabase redis,
        PartitionCursor[] cursors,
        int maxCount
    )
    {
        if (cursors.Length == 1)
        {
            var key = cursors[0].Key;
            var entries = await redis.StreamReadGroupAsync(key, context.Group, context.Consumer, StreamPosition.NewMessages, maxCount);
            return entries.Length == 0 ? [] : [(key, entries)];
        }

        var positions = Array.ConvertAll(cursors, static cursor => new StreamPosition(cursor.Key, StreamPosition.NewMessages));
        var streams = await redis.StreamReadGroupAsync(positions, context.Group, context.Consumer, maxCount);
        return
        [
            .. streams.Where(static stream => stream.Entries.Length > 0).Select(static stream => (stream.Key.ToString(), stream.Entries)),
        ];
    }

    private async Task<IReadOnlyList<(string Key, RedisEntry[] Entries)>> BlockAsync(
        IDatabase redis,
        PartitionCursor[] cursors,
        int maxCount,
        TimeSpan left
    )
    {
        // Zero would block for ever.
        var block = Math.Max(1, (long)Math.Min(left.TotalMilliseconds, MaxBlock.TotalMilliseconds));
        object[] arguments =
        [
            "GROUP",
            context.Group,
            context.Consumer,
            "COUNT",
            maxCount,
            "BLOCK",
            block,
            "STREAMS",
            .. cursors.Select(static cursor => (object)(RedisKey)cursor.Key),
            .. Enumerable.Repeat<object>(">", cursors.Length),
        ];
        return [.. StreamReplies.Streams(await redis.ExecuteAsync("XREADGROUP", arguments))];
    }

    private async Task CountLostAsync(IDatabase redis, string key, RedisValue[] missing)
    {
        // An entry that is still stored was acknowledged or taken over by another consumer meanwhile: it is not lost.
        var lost = new List<RedisValue>();
        foreach (var id in missing)
        {
            if ((await redis.StreamRangeAsync(key, id, id)).Length == 0)
            {
                lost.Add(id);
            }
        }

        Lost([.. lost]);
    }

    private void Lost(RedisValue[] ids)
    {
        if (ids.Length > 0)
        {
            context.Metrics.Lost(context.Stream, context.Group, ids.Length);
            context.Logger.EntriesLost(ids.Length, context.Stream, context.Group, ids[0]!);
        }
    }
}
