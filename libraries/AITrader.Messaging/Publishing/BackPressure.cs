using System.Collections.Concurrent;
using AITrader.Contracts;
using AITrader.Messaging.Administration;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Publishing;

/// <summary>Delays publishers of a recorded stream while too many of its entries are not stored in PostgreSQL yet. Safe from any
/// thread.</summary>
internal sealed class BackPressure(RedisBus bus, TimeProvider clock)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CheckIntervalWhileWaiting = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Backlog> _backlogs = new(StringComparer.Ordinal);

    /// <summary>Returns when the backlog of the stream is within its bound. The backlog is measured in the background, so that an undelayed
    /// publisher does not wait for it.</summary>
    public ValueTask WaitAsync(string stream, string key, CancellationToken ct)
    {
        if (bus.Options.MaxUnstored == 0 || ConsumerGroups.OfRecord(stream) is not { } group)
        {
            return ValueTask.CompletedTask;
        }

        var backlog = _backlogs.GetOrAdd(key, static _ => new Backlog());
        if (backlog.TryBeginCheck(clock, CheckInterval))
        {
            _ = CheckAsync(backlog, key, group);
        }

        return backlog.IsTooLong ? WaitUntilShortAsync(backlog, key, group, ct) : ValueTask.CompletedTask;
    }

    private async ValueTask WaitUntilShortAsync(Backlog backlog, string key, string group, CancellationToken ct)
    {
        while (backlog.IsTooLong)
        {
            await Task.Delay(CheckIntervalWhileWaiting, clock, ct);
            if (backlog.TryBeginCheck(clock, CheckIntervalWhileWaiting))
            {
                await CheckAsync(backlog, key, group);
            }
        }
    }

    private async Task CheckAsync(Backlog backlog, string key, string group)
    {
        try
        {
            backlog.IsTooLong = await BacklogLengthAsync(key, group) > bus.Options.MaxUnstored;
        }
        catch (BusUnavailableException)
        {
            // The publication itself will fail while Redis is unreachable.
        }
        finally
        {
            backlog.EndCheck(clock);
        }
    }

    private async Task<long> BacklogLengthAsync(string key, string group)
    {
        try
        {
            var stream = await RedisFailures.OrUnavailable(
                () => bus.Database.StreamInfoAsync(key),
                $"describe {key}",
                CancellationToken.None
            );
            var groups = await RedisFailures.OrUnavailable(
                () => bus.Database.StreamGroupInfoAsync(key),
                $"describe {key}",
                CancellationToken.None
            );
            foreach (var found in groups)
            {
                if (found.Name == group)
                {
                    return StreamLag.Of(stream, found) + found.PendingMessageCount;
                }
            }

            // The recording group does not exist: no entry has been stored yet.
            return stream.Length;
        }
        catch (RedisServerException wrong)
            when (wrong.Message.Contains("no such key", StringComparison.OrdinalIgnoreCase)
                || wrong.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal)
            )
        {
            // The stream does not exist yet, or the key holds another type; then the publication itself will fail.
            return 0;
        }
    }

    private sealed class Backlog
    {
        private int _isChecking;
        private long _checkedAt;
        private volatile bool _isTooLong;

        public bool IsTooLong
        {
            get => _isTooLong;
            set => _isTooLong = value;
        }

        public bool TryBeginCheck(TimeProvider clock, TimeSpan interval)
        {
            var checkedAt = Volatile.Read(ref _checkedAt);
            return (checkedAt == 0 || clock.GetElapsedTime(checkedAt) >= interval) && Interlocked.Exchange(ref _isChecking, 1) == 0;
        }

        public void EndCheck(TimeProvider clock)
        {
            Volatile.Write(ref _checkedAt, Math.Max(1, clock.GetTimestamp()));
            Volatile.Write(ref _isChecking, 0);
        }
    }
}
