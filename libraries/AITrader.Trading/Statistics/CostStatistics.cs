using AITrader.Domain.Orders;

namespace AITrader.Trading.Statistics;

/// <summary>A fill, and the price that the market showed when it was decided to trade.</summary>
/// <param name="Fill">The execution.</param>
/// <param name="ArrivalPrice">Mid or last price at the decision; null where it is not known.</param>
public readonly record struct ArrivalFill(Fill Fill, decimal? ArrivalPrice);

/// <summary>What trading cost.</summary>
public sealed record CostStatistics
{
    private const double BpsPerUnit = 10_000;

    private CostStatistics(IReadOnlyCollection<ArrivalFill> fills)
    {
        Fills = fills.Count;
        foreach (var (fill, arrival) in fills)
        {
            Notional += fill.Quantity * fill.Price;
            Fees += fill.Fee;
            if (arrival is { } price)
            {
                Measured += fill.Quantity * price;
                Slippage = (Slippage ?? 0m) + (fill.SignedQuantity * (fill.Price - price));
            }
        }
    }

    /// <summary>Number of fills.</summary>
    public int Fills { get; }

    /// <summary>Quantity times price, of buys and sells.</summary>
    public decimal Notional { get; }

    /// <summary>Fees of all fills.</summary>
    public decimal Fees { get; }

    /// <summary>Paid above the arrival price, or received below it; negative where prices were better. Null where no arrival price
    /// is known.</summary>
    public decimal? Slippage { get; }

    /// <summary>Fees in basis points of the notional; null where nothing traded.</summary>
    public double? FeeBps => Notional == 0m ? null : (double)(Fees / Notional) * BpsPerUnit;

    /// <summary>Slippage in basis points of the notional at arrival prices.</summary>
    public double? SlippageBps => Slippage is { } slippage && Measured > 0m ? (double)(slippage / Measured) * BpsPerUnit : null;

    private decimal Measured { get; }

    /// <summary>Computes them.</summary>
    public static CostStatistics Of(IReadOnlyCollection<ArrivalFill> fills) => new(fills);
}
