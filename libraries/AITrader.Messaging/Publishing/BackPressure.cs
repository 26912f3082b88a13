using System.Collections.Concurrent;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Publishing;

/// <summary>Holds publishers back while the slowest group of a stream is too far behind. Safe from any thread.</summary>
internal sealed class BackPressure(RedisBus bus, TimeProvider clock)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, long> _lastOpen = new(StringComparer.Ordinal);

    /// <summary>Returns when the stream's backlog is within bounds. Looks at most every 20 ms, so that it costs a fast publisher nothing.</summary>
    public async ValueTask WaitAsync(string key, CancellationToken ct)
    {
        if (bus.Options.MaxLag == 0 || WasOpenLately(key))
        {
            return;
        }

        while (await BacklogAsync(key, ct) > bus.Options.MaxLag)
        {
            await Task.Delay(CheckInterval, clock, ct);
        }

        _lastOpen[key] = clock.GetTimestamp();
    }

    private bool WasOpenLately(string key) => _lastOpen.TryGetValue(key, out var seen) && clock.GetElapsedTime(seen) < CheckInterval;

    private async Task<long> BacklogAsync(string key, CancellationToken ct)
    {
        try
        {
            var groups = await RedisFailures.OrUnavailable(() => bus.Database.StreamGroupInfoAsync(key), $"look at {key}", ct);
            return groups.Length == 0 ? 0 : groups.Max(static group => (group.Lag ?? 0) + group.PendingMessageCount);
        }
        catch (RedisServerException missing) when (missing.Message.Contains("no such key", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }
    }
}
