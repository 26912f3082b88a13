namespace AITrader.Trading.Risk;

/// <summary>Whether new orders are taken.</summary>
public enum TradingState
{
    /// <summary>Yes.</summary>
    Active,

    /// <summary>Only those that reduce risk; working orders stay.</summary>
    Reducing,

    /// <summary>Only those that reduce risk; working orders that add risk are cancelled.</summary>
    Halted,
}

/// <summary>Bounds of the pre-trade checks.</summary>
/// <param name="MaxQuoteAge">Oldest quote, in event time before the order, that still counts as a price.</param>
/// <param name="MaxOrderNotional">Largest notional that one order may add to a position.</param>
/// <param name="MarketBufferBps">What a market order reserves above the price that is shown, in basis points.</param>
public sealed record RiskLimits(TimeSpan MaxQuoteAge, decimal MaxOrderNotional, decimal MarketBufferBps)
{
    /// <summary>The other bounds; none by default.</summary>
    public LimitSet Bounds { get; init; } = LimitSet.None;

    /// <summary>A bound; null where there is none.</summary>
    public decimal? this[LimitKind kind] => Bounds[kind];

    /// <summary>The tighter of both, bound by bound.</summary>
    public RiskLimits Tightest(RiskLimits other) =>
        new(
            MaxQuoteAge < other.MaxQuoteAge ? MaxQuoteAge : other.MaxQuoteAge,
            Math.Min(MaxOrderNotional, other.MaxOrderNotional),
            Math.Max(MarketBufferBps, other.MarketBufferBps)
        )
        {
            Bounds = Bounds.Tightest(other.Bounds),
        };

    /// <summary>Bounds nothing.</summary>
    public static RiskLimits Unlimited { get; } = new(TimeSpan.MaxValue, decimal.MaxValue, 0m);

    /// <summary>5 s, 100 000, 50 bps.</summary>
    public static RiskLimits Default { get; } = new(TimeSpan.FromSeconds(5), 100_000m, 50m);
}
