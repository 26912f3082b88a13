using AITrader.Domain.Time;

namespace AITrader.Venues.Feeds;

/// <summary>Delays between attempts to reconnect: they double up to a limit, and start over after a connection that lasted.</summary>
/// <param name="delays">The delays.</param>
/// <param name="jitterSeed">Each delay is cut at random to between a half and the whole, so that many clients do not come back together;
/// the same seed gives the same delays. Null for no jitter.</param>
internal sealed class ReconnectBackoff(Backoff delays, int? jitterSeed)
{
#pragma warning disable CA5394 // Spreads clients over time; nothing secret.
    private readonly Random? _random = jitterSeed is { } seed ? new(seed) : null;
    private long _failures;

    /// <summary>The next delay.</summary>
    public TimeSpan Next() => delays.After(_failures++) * (_random is null ? 1 : 0.5 + (_random.NextDouble() / 2));
#pragma warning restore CA5394

    /// <summary>A connection of this age has ended. Only one that outlived the longest delay has worked: a venue that ends each connection
    /// at once is not dialled without end.</summary>
    public void Ended(TimeSpan age)
    {
        if (age >= delays.Max)
        {
            Reset();
        }
    }

    /// <summary>It has worked: the next delay is the first again.</summary>
    public void Reset() => _failures = 0;
}
