namespace AITrader.Domain.Instruments;

/// <summary>What trading needs to know about an instrument.</summary>
/// <param name="Symbol">Instrument, such as BTCUSDT or NSE:INFY.</param>
/// <param name="Currency">Currency of price, fees and profit.</param>
/// <param name="TickSize">Smallest step of a price; positive.</param>
/// <param name="LotSize">Smallest step of a quantity; positive.</param>
/// <param name="FeeBps">Fee of one execution in basis points of its notional; not negative.</param>
public sealed record InstrumentTerms(string Symbol, string Currency, decimal TickSize, decimal LotSize, decimal FeeBps)
{
    private const decimal BpsPerUnit = 10_000m;
    private const int FeeDecimals = 8;

    /// <summary>Fee of an execution, rounded half to even at eight decimals.</summary>
    public decimal Fee(decimal quantity, decimal price) =>
        decimal.Round(quantity * price * FeeBps / BpsPerUnit, FeeDecimals, MidpointRounding.ToEven);

    /// <summary>The largest whole number of lots that is not above <paramref name="quantity"/>.</summary>
    public decimal FloorToLot(decimal quantity) => decimal.Floor(quantity / LotSize) * LotSize;

    /// <summary>Whether a quantity is a whole number of lots.</summary>
    public bool IsWholeLots(decimal quantity) => quantity % LotSize == 0m;

    /// <summary>Whether a price lies on the tick grid.</summary>
    public bool IsOnTick(decimal price) => price % TickSize == 0m;

    /// <summary>What one unit of notional costs with its fee.</summary>
    public decimal WithFee(decimal notional) => notional + (notional * FeeBps / BpsPerUnit);
}
