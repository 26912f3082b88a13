namespace AITrader.Trading.Ledger;

/// <summary>A split, a reverse split or a bonus issue: so many new units for so many old ones.</summary>
/// <remarks>Two whole numbers and no factor: 7 for 1 of 100 units are 700, which 1 / 0.1428572 is not.</remarks>
/// <param name="Symbol">Instrument.</param>
/// <param name="NewUnits">Units afterwards; positive.</param>
/// <param name="OldUnits">For so many before; positive.</param>
/// <param name="Time">First moment of trading with new units.</param>
public sealed record StockSplit(string Symbol, int NewUnits, int OldUnits, DateTimeOffset Time)
{
    private const int QuantityDecimals = 8;

    /// <summary>Smallest quantity that can be held; what is left over is paid out.</summary>
    public decimal LotSize { get; init; } = 1m;

    /// <summary>Price of a new unit at which what is left over is paid out, in the instrument's currency. Without one, leaving something
    /// over is an error.</summary>
    public decimal? CashPrice { get; init; }

    /// <summary>A price before the split, for a new unit.</summary>
    internal decimal PriceOf(decimal price) => price * OldUnits / NewUnits;

    /// <summary>A quantity after the split, left-overs included, at eight decimals.</summary>
    internal decimal QuantityOf(decimal quantity) =>
        decimal.Round(quantity * NewUnits / OldUnits, QuantityDecimals, MidpointRounding.ToEven);

    /// <summary>What is left over of a quantity after the split, with its sign, and the price at which it is paid out.</summary>
    /// <exception cref="InvalidOperationException">Something is left over, and there is no price.</exception>
    internal (decimal Quantity, decimal Price)? Remainder(decimal quantity)
    {
        var rest = quantity % LotSize;
        return rest == 0m
            ? null
            : (rest, CashPrice ?? throw new InvalidOperationException($"the split of {Symbol} leaves {rest} over, and has no cash price"));
    }

    /// <summary>Refuses what is no split.</summary>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(NewUnits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(OldUnits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LotSize);
        if (CashPrice is { } price)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        }
    }
}
