namespace AITrader.MockMcp.Market;

/// <summary>What the whole market is doing.</summary>
internal enum MarketRegime
{
    /// <summary>Prices are drawn back to where the range began.</summary>
    Range,

    /// <summary>Prices drift up.</summary>
    TrendUp,

    /// <summary>Prices drift down.</summary>
    TrendDown,

    /// <summary>Prices jump at once, then swing twice as far.</summary>
    Jump,

    /// <summary>Nothing trades and nobody quotes; the end is an auction.</summary>
    Halt,
}
