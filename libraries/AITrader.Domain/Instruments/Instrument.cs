namespace AITrader.Domain.Instruments;

/// <summary>What can be traded, and in which steps.</summary>
/// <param name="Symbol">Name on every message, such as BTCUSDT or NSE:INFY.</param>
/// <param name="Exchange">Where it trades, such as BINANCE or NSE.</param>
/// <param name="Currency">Quote currency, ISO 4217 or a coin's ticker.</param>
/// <param name="TickSize">Smallest price step, in quote currency.</param>
/// <param name="LotSize">Smallest quantity step.</param>
/// <param name="FeeBps">Fee of a fill in basis points of its notional.</param>
public sealed record Instrument(string Symbol, string Exchange, string Currency, decimal TickSize, decimal LotSize, decimal FeeBps)
{
    /// <summary>False for what can only be watched, such as an index.</summary>
    public bool IsTradable { get; init; } = true;
}
