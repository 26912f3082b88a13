namespace AITrader.Backtesting.Data;

/// <summary>What of the files is read, and how bars become quotes.</summary>
public sealed record MarketTapeSettings
{
    /// <summary>First moment, included.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>End, not included.</summary>
    public DateTimeOffset To { get; init; } = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Distance of bid and ask of bars of trades, in basis points of the price.</summary>
    public decimal SpreadBps { get; init; }
}
