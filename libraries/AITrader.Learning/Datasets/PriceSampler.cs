namespace AITrader.Learning.Datasets;

/// <summary>Gathers the trades of one instrument as a series: all of them, or the last price of each step of time.</summary>
/// <param name="symbol">The instrument.</param>
/// <param name="every">Length of a step; null for each trade.</param>
public sealed class PriceSampler(string symbol, TimeSpan? every)
{
    private readonly List<DateTimeOffset> _times = [];
    private readonly List<double> _prices = [];
    private long _step = long.MinValue;

    /// <summary>Prices so far.</summary>
    public int Count => _prices.Count;

    /// <summary>Adds a trade; times never go back.</summary>
    /// <remarks>A step without trades has no price: markets close. The price of a step has the time of its last trade, so that no step
    /// is known before it has ended.</remarks>
    public void Add(DateTimeOffset time, double price)
    {
        if (every is { } length)
        {
            var step = time.UtcTicks / length.Ticks;
            if (step == _step)
            {
                (_times[^1], _prices[^1]) = (time, price);
                return;
            }

            _step = step;
        }

        _times.Add(time);
        _prices.Add(price);
    }

    /// <summary>The series.</summary>
    public PriceSeries ToSeries() => new(symbol, [.. _times], [.. _prices]);
}
