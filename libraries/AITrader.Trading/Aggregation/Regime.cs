namespace AITrader.Trading.Aggregation;

/// <summary>State of a symbol's market.</summary>
public enum MarketRegime
{
    /// <summary>Prices go back and forth.</summary>
    Range,

    /// <summary>Prices go one way.</summary>
    Trend,

    /// <summary>Steps are far larger than usual.</summary>
    Volatile,
}

/// <summary>What the last prices say of the state of a market.</summary>
/// <param name="Efficiency">Kaufman's efficiency ratio: net move over the sum of all moves, in [0, 1].</param>
/// <param name="Direction">Sign of the net move.</param>
/// <param name="StepRatio">Newest steps from trade to trade over the average step; 1 where nothing has moved.</param>
public sealed record RegimeReading(double Efficiency, int Direction, double StepRatio)
{
    private const int LeastPrices = 8;

    /// <summary>Reads it off the last trade prices, oldest first; null where they are too few.</summary>
    /// <param name="prices">Last trade prices.</param>
    /// <param name="newestStep">Wilder's average of the absolute changes from trade to trade, which forgets sooner than the prices.
    /// </param>
    public static RegimeReading? Of(IReadOnlyList<double> prices, double newestStep)
    {
        ArgumentNullException.ThrowIfNull(prices);
        if (prices.Count < LeastPrices || !double.IsFinite(newestStep) || prices.Any(static price => !double.IsFinite(price)))
        {
            return null;
        }

        var path = 0d;
        for (var i = 1; i < prices.Count; i++)
        {
            path += Math.Abs(prices[i] - prices[i - 1]);
        }

        var net = prices[^1] - prices[0];
        return path > 0d
            ? new RegimeReading(Math.Min(1d, Math.Abs(net) / path), Math.Sign(net), newestStep / (path / (prices.Count - 1)))
            : new RegimeReading(0d, 0, 1d);
    }

    /// <summary>The state. A volatile market is one whatever else it is.</summary>
    public MarketRegime Classify(AggregationRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return StepRatio >= rules.VolatileRatio ? MarketRegime.Volatile
            : Efficiency >= rules.TrendEfficiency ? MarketRegime.Trend
            : MarketRegime.Range;
    }

    /// <summary>What it says in a decision, in [-1, 1]: a trend its direction by its efficiency; a range and a volatile market nothing.
    /// </summary>
    public double Value(AggregationRules rules) => Classify(rules) == MarketRegime.Trend ? Direction * Efficiency : 0d;
}
