using System.Collections.Concurrent;
using System.Globalization;
using AITrader.Contracts;
using AITrader.Messaging;

namespace AITrader.StrategyEngine.Heartbeats;

/// <summary>Says which origins of orders are alive: the working orders of one that falls silent are cancelled.</summary>
/// <remarks>The loops that decide call it after each round: a loop that hangs is silent, and so is a standby.</remarks>
internal sealed class OriginHeartbeats(ICache cache, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, long> _said = new(StringComparer.Ordinal);

    /// <summary>Says that these are alive, once a second at most.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    public async Task BeatAsync(IEnumerable<string> keys, CancellationToken ct)
    {
        var due = keys.Where(IsDue).ToList();
        if (due.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await cache.SetManyAsync([.. due.Select(key => KeyValuePair.Create(key, now))], CacheKeys.HeartbeatTtl, ct);
        due.ForEach(key => _said[key] = time.GetTimestamp());
    }

    private bool IsDue(string key) => !_said.TryGetValue(key, out var said) || time.GetElapsedTime(said) >= Interval;
}
