using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger;

/// <summary>What is still open of one entry.</summary>
public sealed record OpenLot
{
    private const int PriceDecimals = 8;

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Signed quantity: positive long, negative short.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Signed cost: quantity times entry price.</summary>
    public required decimal Cost { get; init; }

    /// <summary>Fees of the entry that belong to what is open.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Event time of the entry.</summary>
    public required DateTimeOffset EntryTime { get; init; }

    /// <summary>Lowest price since the entry.</summary>
    public required decimal Low { get; init; }

    /// <summary>Highest price since the entry.</summary>
    public required decimal High { get; init; }

    /// <summary>Entry price at eight decimals.</summary>
    public decimal EntryPrice => decimal.Round(Cost / Quantity, PriceDecimals, MidpointRounding.ToEven);

    /// <summary>Profit at a price, before fees.</summary>
    public decimal Unrealised(decimal price) => (Quantity * price) - Cost;

    /// <summary>Takes a part off: its own quantity, cost and fees; what is left has the rest of them.</summary>
    /// <param name="quantity">Signed as the lot; all of it at most.</param>
    internal (OpenLot Part, OpenLot? Left) Take(decimal quantity)
    {
        if (quantity == Quantity)
        {
            return (this, null);
        }

        var part = this with { Quantity = quantity, Cost = Share(Cost, quantity, Quantity), Fees = Share(Fees, quantity, Quantity) };
        return (part, this with { Quantity = Quantity - quantity, Cost = Cost - part.Cost, Fees = Fees - part.Fees });
    }

    /// <summary>The trade that closing it at a price makes.</summary>
    internal ClosedTrade Close(decimal price, decimal fee, DateTimeOffset time) =>
        new()
        {
            Symbol = Symbol,
            Side = Quantity > 0m ? Side.Buy : Side.Sell,
            Quantity = Math.Abs(Quantity),
            EntryTime = EntryTime,
            EntryPrice = EntryPrice,
            ExitTime = time,
            ExitPrice = price,
            Profit = Unrealised(price),
            Fees = Fees + fee,
            MaxAdverse = Math.Min(0m, Unrealised(Quantity > 0m ? Low : High)),
            MaxFavourable = Math.Max(0m, Unrealised(Quantity > 0m ? High : Low)),
        };

    /// <summary>A part's share of an amount, half to even at eight decimals.</summary>
    internal static decimal Share(decimal amount, decimal part, decimal whole) =>
        decimal.Round(amount * part / whole, PriceDecimals, MidpointRounding.ToEven);
}
