namespace AITrader.MarketData.Feed;

/// <summary>Pauses that double up to a limit, each cut at random to between a half and the whole. The same seed gives the same
/// pauses.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan most, int seed)
{
    private const int MostDoublings = 30;

#pragma warning disable CA5394 // Spreads clients over time; nothing secret.
    private readonly Random _random = new(seed);
    private int _doublings;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var whole = first * Math.Pow(2, _doublings);
        _doublings = Math.Min(_doublings + 1, MostDoublings);
        return (whole < most ? whole : most) * (0.5 + (_random.NextDouble() / 2));
    }
#pragma warning restore CA5394

    /// <summary>A line ended that stood so long. Only one that outlived the longest pause has worked: a venue that ends each line at once
    /// is not dialled without end.</summary>
    public void Stood(TimeSpan age)
    {
        if (age >= most)
        {
            Reset();
        }
    }

    /// <summary>It has worked: the next pause is the first again.</summary>
    public void Reset() => _doublings = 0;
}
