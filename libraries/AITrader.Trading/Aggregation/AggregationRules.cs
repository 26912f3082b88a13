namespace AITrader.Trading.Aggregation;

/// <summary>How signals of one symbol are seen together. Times are event time.</summary>
public sealed record AggregationRules
{
    /// <summary>Every signal on its own: nothing is a repeat, nothing agrees, and every market is a range.</summary>
    public static AggregationRules None { get; } =
        new()
        {
            RepeatWindow = TimeSpan.Zero,
            ConfluenceWindow = TimeSpan.Zero,
            TrendEfficiency = 1,
        };

    /// <summary>Time in which a signal of the same pattern and direction is the same signal once more. Zero for never. 1 s.</summary>
    public required TimeSpan RepeatWindow { get; init; }

    /// <summary>Time in which signals of other patterns agree or contradict. Zero for never. 30 s.</summary>
    public required TimeSpan ConfluenceWindow { get; init; }

    /// <summary>Sum of the strengths of others that counts in full. 1.5.</summary>
    public double ConfluenceFull { get; init; } = 1.5;

    /// <summary>Efficiency ratio, in [0, 1], from which a market trends. 0.3.</summary>
    public required double TrendEfficiency { get; init; }

    /// <summary>Steps of the window over the usual step from which a market is volatile. 2.</summary>
    public double VolatileRatio { get; init; } = 2;

    /// <summary>The defaults.</summary>
    public static AggregationRules Default { get; } =
        new()
        {
            RepeatWindow = TimeSpan.FromSeconds(1),
            ConfluenceWindow = TimeSpan.FromSeconds(30),
            TrendEfficiency = 0.3,
        };

    /// <summary>How far back signals matter.</summary>
    public TimeSpan LookBack => RepeatWindow > ConfluenceWindow ? RepeatWindow : ConfluenceWindow;
}
