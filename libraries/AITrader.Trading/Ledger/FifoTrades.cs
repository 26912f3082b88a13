using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger;

/// <summary>The second view of the books: first in, first out. Each exit closes the oldest entries, a trade for each. One writer; not
/// thread-safe.</summary>
/// <remarks>
/// The books themselves are at average cost (<see cref="AccountLedger"/>). Both views see the same fills, so at any price the profit
/// of closed trades and open lots here is the realised and unrealised profit there; what of it is realised differs.
/// </remarks>
public sealed class FifoTrades
{
    private readonly Dictionary<string, List<OpenLot>> _lots = new(StringComparer.Ordinal);
    private readonly List<ClosedTrade> _closed = [];

    /// <summary>Trades in the order of their exits.</summary>
    public IReadOnlyList<ClosedTrade> Closed => _closed;

    /// <summary>What is open of all symbols.</summary>
    public IEnumerable<OpenLot> Open => _lots.Values.SelectMany(static lots => lots);

    /// <summary>What is open of a symbol, the oldest first.</summary>
    public IReadOnlyList<OpenLot> OpenOf(string symbol) => _lots.TryGetValue(symbol, out var lots) ? lots : [];

    /// <summary>Books a fill. Its fee goes to what it closed and what it opened, by quantity.</summary>
    public void Book(Fill fill)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fill.Quantity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fill.Price);
        Mark(fill.Symbol, fill.Price);
        var lots = LotsOf(fill.Symbol);
        var (opened, fee) = Close(lots, fill.SignedQuantity, fill.Price, fill.Fee, fill.Timestamp);
        if (opened != 0m)
        {
            lots.Add(
                new OpenLot
                {
                    Symbol = fill.Symbol,
                    Quantity = opened,
                    Cost = opened * fill.Price,
                    Fees = fee,
                    EntryTime = fill.Timestamp,
                    Low = fill.Price,
                    High = fill.Price,
                }
            );
        }
    }

    /// <summary>Shows a price to what is open of a symbol, for its excursions.</summary>
    public void Mark(string symbol, decimal price)
    {
        if (!_lots.TryGetValue(symbol, out var lots))
        {
            return;
        }

        // An older lot has seen all that a newer one has, so the first from the end that knows the price ends the walk.
        for (var i = lots.Count - 1; i >= 0 && (price < lots[i].Low || price > lots[i].High); i--)
        {
            lots[i] = lots[i] with { Low = Math.Min(lots[i].Low, price), High = Math.Max(lots[i].High, price) };
        }
    }

    /// <summary>Books a split: quantities change, costs do not; what is left over is closed at the split's cash price.</summary>
    public void Split(StockSplit split)
    {
        split.Require();
        var before = OpenOf(split.Symbol);
        if (before.Count == 0)
        {
            return;
        }

        var lots = Convert(before, split);
        var total = lots.Sum(static lot => lot.Quantity);
        var rest = split.Remainder(total);
        _lots[split.Symbol] = lots;
        if (rest is var (quantity, price))
        {
            Mark(split.Symbol, price);
            Close(lots, -quantity, price, 0m, split.Time);
        }
    }

    // Rounds running totals, so that the lots together are what the split makes of the position. A lot that rounds to nothing leaves
    // its cost and fees to the next.
    private static List<OpenLot> Convert(IReadOnlyList<OpenLot> before, StockSplit split)
    {
        var lots = new List<OpenLot>(before.Count);
        var (old, converted, cost, fees) = (0m, 0m, 0m, 0m);
        foreach (var lot in before)
        {
            old += lot.Quantity;
            cost += lot.Cost;
            fees += lot.Fees;
            var quantity = split.QuantityOf(old) - converted;
            if (quantity == 0m)
            {
                continue;
            }

            converted += quantity;
            lots.Add(
                lot with
                {
                    Quantity = quantity,
                    Cost = cost,
                    Fees = fees,
                    Low = split.PriceOf(lot.Low),
                    High = split.PriceOf(lot.High),
                }
            );
            (cost, fees) = (0m, 0m);
        }

        if (lots.Count == 0)
        {
            throw new InvalidOperationException($"the split of {split.Symbol} leaves nothing of {old}");
        }

        lots[^1] = lots[^1] with { Cost = lots[^1].Cost + cost, Fees = lots[^1].Fees + fees };
        return lots;
    }

    // Closes the oldest lots against a signed quantity; gives what is left of it and of its fee.
    private (decimal Opened, decimal Fee) Close(List<OpenLot> lots, decimal signed, decimal price, decimal fee, DateTimeOffset time)
    {
        var (left, feeLeft) = (signed, fee);
        while (left != 0m && lots.Count > 0 && Math.Sign(lots[0].Quantity) != Math.Sign(left))
        {
            var taken = Math.Sign(lots[0].Quantity) * Math.Min(Math.Abs(left), Math.Abs(lots[0].Quantity));
            var (part, rest) = lots[0].Take(taken);
            left += taken;
            var share = left == 0m ? feeLeft : Math.Min(feeLeft, OpenLot.Share(fee, -taken, signed));
            feeLeft -= share;
            _closed.Add(part.Close(price, share, time));
            if (rest is null)
            {
                lots.RemoveAt(0);
            }
            else
            {
                lots[0] = rest;
            }
        }

        return (left, feeLeft);
    }

    private List<OpenLot> LotsOf(string symbol)
    {
        if (!_lots.TryGetValue(symbol, out var lots))
        {
            _lots[symbol] = lots = [];
        }

        return lots;
    }
}
