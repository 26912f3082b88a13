namespace AITrader.Venues.Feeds;

/// <summary>Pauses that double up to a maximum.</summary>
/// <param name="first">The first pause.</param>
/// <param name="max">The longest.</param>
/// <param name="jitterSeed">Each pause is cut at random to between a half and the whole, so that many clients do not come back together;
/// the same seed gives the same pauses. Null for no cut.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan max, int? jitterSeed)
{
    private const int MaxDoublings = 30;

#pragma warning disable CA5394 // Spreads clients over time; nothing secret.
    private readonly Random? _random = jitterSeed is { } seed ? new(seed) : null;
    private int _doublings;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var whole = first * Math.Pow(2, _doublings);
        _doublings = Math.Min(_doublings + 1, MaxDoublings);
        return (whole < max ? whole : max) * (_random is null ? 1 : 0.5 + (_random.NextDouble() / 2));
    }
#pragma warning restore CA5394

    /// <summary>A connection of this age has ended. Only one that outlived the longest pause has worked: a venue that ends each connection
    /// at once is not contacted without end.</summary>
    public void Ended(TimeSpan age)
    {
        if (age >= max)
        {
            Reset();
        }
    }

    /// <summary>It has worked: the next pause is the first again.</summary>
    public void Reset() => _doublings = 0;
}
