using AITrader.Contracts.Codecs;
using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;
using StackExchange.Redis;
using RedisEntry = StackExchange.Redis.StreamEntry;

namespace AITrader.Messaging.Reading;

/// <summary>One consumer of a group, on a Redis connection of its own.</summary>
internal sealed class StreamReader<T> : IStreamReader<T>
    where T : class
{
    // An entry that was delivered this often without an acknowledgement is returned alone.
    private const int SuspectAfter = 3;

    private readonly ReaderContext _context;
    private readonly GroupCommands _commands;
    private readonly EntryDecoder<T> _decoder;
    private readonly PartitionCursor[] _cursors;
    private IConnectionMultiplexer? _connection;
    private long _lastTakeover;
    private volatile bool _isRewound;
    private bool _isReady;

    public StreamReader(ReaderContext context, IStreamCodec<T> codec)
    {
        _context = context;
        _decoder = new EntryDecoder<T>(codec);
        _commands = new GroupCommands(context);
        _cursors =
        [
            .. Partitions(context)
                .Select(partition => new PartitionCursor(
                    partition,
                    context.Bus.Layout.Key(context.Stream, partition),
                    context.Group,
                    context.Consumer
                )),
        ];
        _lastTakeover = long.MinValue;
    }

    public async Task<IReadOnlyList<StreamEntry<T>>> ReadAsync(int maxCount, TimeSpan block, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);
        var started = _context.Clock.GetTimestamp();
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var left = block - _context.Clock.GetElapsedTime(started);
            var entries = await GuardedAsync(() => ReadOnceAsync(maxCount, left, ct));
            if (entries.Count > 0)
            {
                _context.Metrics.Consumed(_context.Stream, _context.Group, entries.Count);
                return entries;
            }

            if (_context.Clock.GetElapsedTime(started) >= block)
            {
                return entries;
            }
        }
    }

    public async Task AcknowledgeAsync(IReadOnlyList<string> ids, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var (key, own) in EntryIds.ByKey(_context.Bus.Layout, _context.Stream, ids))
        {
            await RedisFailures.OrUnavailable(
                () => _context.Bus.Database.StreamAcknowledgeAsync(key, _context.Group, own),
                $"acknowledge on {_context.Stream}",
                ct
            );
        }
    }

    public async Task DeadLetterAsync(StreamEntry<T> entry, string reason, int deliveries, CancellationToken ct)
    {
        var (id, partition) = EntryIds.Split(entry.Id);
        var key = _context.Bus.Layout.Key(_context.Stream, partition);
        var stored = await RedisFailures.OrUnavailable(
            () => _context.Bus.Database.StreamRangeAsync(key, id, id),
            $"read {id} of {_context.Stream}",
            ct
        );
        var fields = stored.Length > 0 ? stored[0].Values : [];
        await _context.Dead.MoveAsync(_context.Stream, _context.Group, new DeadLetter(key, id, fields, deliveries, reason), ct);
    }

    public void Rewind() => _isRewound = true;

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;

            // A read that still blocks must not delay the end of the process.
            await connection.CloseAsync(allowCommandsToComplete: false);
            await connection.DisposeAsync();
        }
    }

    private static IEnumerable<int> Partitions(ReaderContext context)
    {
        var count = context.Bus.Layout.PartitionsOf(context.Stream);
        var owned = context.Bus.Options.OwnedPartitions;
        return count == 1 || owned.Count == 0 ? Enumerable.Range(0, count) : owned.Where(partition => partition < count).Distinct().Order();
    }

    private async Task<IReadOnlyList<StreamEntry<T>>> GuardedAsync(Func<Task<IReadOnlyList<StreamEntry<T>>>> read)
    {
        try
        {
            return await read();
        }
        catch (RedisServerException refusal) when (RedisFailures.IsMissingGroup(refusal))
        {
            // The group is created at the start of the stream, because the pending entries of other consumers are unknown: delivering
            // an entry twice is better than losing it.
            _isReady = false;
            Array.ForEach(_cursors, static cursor => cursor.Reset());
            _context.Logger.GroupCreatedAgain(_context.Group, _context.Stream);
            return [];
        }
        catch (Exception failure)
            when (RedisFailures.IsUnavailable(failure) || failure is OperationCanceledException or BusUnavailableException)
        {
            Array.ForEach(_cursors, static cursor => cursor.Recover());
            if (failure is OperationCanceledException or BusUnavailableException)
            {
                throw;
            }

            throw new BusUnavailableException($"read {_context.Stream}: Redis is unavailable: {RedisFailures.CauseOf(failure)}", failure);
        }
    }

    private async Task<IReadOnlyList<StreamEntry<T>>> ReadOnceAsync(int maxCount, TimeSpan left, CancellationToken ct)
    {
        var redis = await ReadyAsync(ct);
        if (_isRewound)
        {
            _isRewound = false;
            Array.ForEach(_cursors, static cursor => cursor.Rewind());
        }

        var entries = await PendingAsync(redis, maxCount, ct);
        if (entries.Count == 0 && await TakeOverAsync(redis, ct))
        {
            entries = await PendingAsync(redis, maxCount, ct);
        }

        return entries.Count > 0 ? entries : await NewAsync(redis, maxCount, left, ct);
    }

    private async Task<IDatabase> ReadyAsync(CancellationToken ct)
    {
        _connection ??= await _context.Bus.OpenOwnAsync($"{_context.Consumer}/{_context.Group}");
        var redis = _connection.GetDatabase();
        if (!_isReady)
        {
            foreach (var cursor in _cursors)
            {
                await _commands.EnsureGroupAsync(redis, cursor.Key).WaitAsync(ct);
            }

            _isReady = true;
        }

        return redis;
    }

    private async Task<IReadOnlyList<StreamEntry<T>>> PendingAsync(IDatabase redis, int maxCount, CancellationToken ct)
    {
        foreach (var cursor in _cursors)
        {
            while (await cursor.NextAsync(redis, maxCount, SuspectAfter).WaitAsync(ct) is { Count: > 0 } ids)
            {
                var entries = await ClaimAsync(redis, cursor, ids, ct);
                if (entries.Count > 0)
                {
                    return entries;
                }
            }
        }

        return [];
    }

    private async Task<IReadOnlyList<StreamEntry<T>>> ClaimAsync(
        IDatabase redis,
        PartitionCursor cursor,
        IReadOnlyList<PendingId> ids,
        CancellationToken ct
    )
    {
        try
        {
            if (ids[0].CountsAsDelivery && ids[0].Deliveries >= _context.Bus.Options.MaxDeliveries)
            {
                await _commands.GiveUpAsync(redis, cursor.Key, ids, ct);
                return [];
            }

            var claimed = await _commands.ClaimAsync(redis, cursor.Key, ids).WaitAsync(ct);
            var entries = await DecodeAsync(cursor, claimed, ids[0].Deliveries, ct);
            cursor.HandedOut(claimed);
            return entries;
        }
        catch
        {
            cursor.Return(ids);
            throw;
        }
    }

    private async Task<bool> TakeOverAsync(IDatabase redis, CancellationToken ct)
    {
        if (_lastTakeover != long.MinValue && _context.Clock.GetElapsedTime(_lastTakeover) < _context.Bus.Options.TakeoverInterval)
        {
            return false;
        }

        var isAny = false;
        foreach (var cursor in _cursors)
        {
            var ids = await _commands.TakeOverAsync(redis, cursor.Key).WaitAsync(ct);
            if (ids.Length > 0)
            {
                await cursor.EnqueueAsync(redis, ids).WaitAsync(ct);
                isAny = true;
            }
        }

        _lastTakeover = _context.Clock.GetTimestamp();
        return isAny;
    }

    private async Task<IReadOnlyList<StreamEntry<T>>> NewAsync(IDatabase redis, int maxCount, TimeSpan left, CancellationToken ct)
    {
        var streams = await _commands.ReadNewAsync(redis, _cursors, maxCount, left).WaitAsync(ct);
        var entries = new List<StreamEntry<T>>();
        foreach (var (key, found) in streams)
        {
            entries.AddRange(await DecodeAsync(CursorOf(key), found, 1, ct));
        }

        // After all of them are decoded: when decoding fails, they must be read again.
        foreach (var (key, found) in streams)
        {
            CursorOf(key).HandedOut(found);
        }

        return entries;
    }

    private PartitionCursor CursorOf(string key) => Array.Find(_cursors, cursor => cursor.Key == key)!;

    private async Task<IReadOnlyList<StreamEntry<T>>> DecodeAsync(
        PartitionCursor cursor,
        RedisEntry[] found,
        int deliveries,
        CancellationToken ct
    )
    {
        var entries = new List<StreamEntry<T>>(found.Length);
        foreach (var entry in found)
        {
            try
            {
                entries.Add(new StreamEntry<T>(EntryIds.Join(entry.Id!, cursor.Partition, _cursors.Length), _decoder.Decode(entry)));
            }
            catch (StreamFormatException malformed)
            {
                await _context.Dead.MoveAsync(
                    _context.Stream,
                    _context.Group,
                    new DeadLetter(cursor.Key, entry.Id!, entry.Values, deliveries, malformed.Message),
                    ct
                );
            }
        }

        return entries;
    }
}
