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
    private const decimal BpsPerUnit = 10_000m;
    private const int FeeDecimals = 8;

    /// <summary>False for what can only be watched, such as an index.</summary>
    public bool IsTradable { get; init; } = true;

    /// <summary>True where there are quotes only, as in foreign exchange: its bars are of quotes.</summary>
    public bool IsQuotedOnly { get; init; }

    /// <summary>Whether it can be sold short.</summary>
    public bool IsShortable { get; init; } = true;

    /// <summary>Smallest quantity of an order; null where the exchange sets none.</summary>
    public decimal? MinQuantity { get; init; }

    /// <summary>Largest quantity of an order; null where the exchange sets none.</summary>
    public decimal? MaxQuantity { get; init; }

    /// <summary>Quantity above which the exchange freezes an order; null where it sets none.</summary>
    public decimal? FreezeQuantity { get; init; }

    /// <summary>Smallest notional of an order; null where the exchange sets none.</summary>
    public decimal? MinNotional { get; init; }

    /// <summary>Decimals of a quantity; null where the lot alone counts.</summary>
    public int? QuantityDecimals { get; init; }

    /// <summary>Decimals of a price; null where the tick alone counts.</summary>
    public int? PriceDecimals { get; init; }

    /// <summary>Sector, for concentration; empty where unknown.</summary>
    public string Sector { get; init; } = string.Empty;

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
