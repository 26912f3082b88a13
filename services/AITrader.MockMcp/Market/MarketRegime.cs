namespace AITrader.MockMcp.Market;

/// <summary>What the whole market is doing.</summary>
internal enum MarketRegime
{
    Range,
    TrendUp,
    TrendDown,
}
