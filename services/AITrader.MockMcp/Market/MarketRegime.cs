namespace AITrader.MockMcp.Market;

/// <summary>The behaviour of the whole market.</summary>
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

    /// <summary>Nothing trades and the order books are empty; the halt ends with an auction.</summary>
    Halt,
}
