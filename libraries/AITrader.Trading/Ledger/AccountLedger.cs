using AITrader.Domain.Orders;
using AITrader.Domain.Positions;

namespace AITrader.Trading.Ledger;

/// <summary>Ledger of one account at average cost, in the account's currency. One writer; not thread-safe.</summary>
public sealed class AccountLedger
{
    private readonly Dictionary<string, Position> _positions = new(StringComparer.Ordinal);

    /// <summary>Opens the books.</summary>
    public AccountLedger(decimal initialCash)
    {
        InitialCash = initialCash;
        Cash = initialCash;
    }

    /// <summary>Cash at the start.</summary>
    public decimal InitialCash { get; }

    /// <summary>Cash now.</summary>
    public decimal Cash { get; private set; }

    /// <summary>Realised profit before fees.</summary>
    public decimal Realised { get; private set; }

    /// <summary>Fees paid.</summary>
    public decimal Fees { get; private set; }

    /// <summary>Dividends received less those paid, after tax.</summary>
    public decimal Income { get; private set; }

    /// <summary>Cash put in less cash taken out since the start.</summary>
    public decimal Transferred { get; private set; }

    /// <summary>Executions booked.</summary>
    public long Booked { get; private set; }

    /// <summary>All positions ever held, flat ones included.</summary>
    public IReadOnlyDictionary<string, Position> Positions => _positions;

    /// <summary>Position of a symbol; flat where there is none.</summary>
    public Position PositionOf(string symbol) => _positions.TryGetValue(symbol, out var found) ? found : Position.Flat(symbol);

    /// <summary>Signed quantity of a symbol; 0 where it was never traded.</summary>
    public decimal QuantityOf(string symbol) => _positions.TryGetValue(symbol, out var found) ? found.Quantity : 0m;

    /// <summary>Books an execution and returns the profit that it realised, before its fee.</summary>
    /// <remarks>The caller refuses duplicates: an order knows its executions, and the store has them as a key.</remarks>
    public decimal Book(Fill execution)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(execution.Quantity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(execution.Price);

        var before = PositionOf(execution.Symbol);
        var after = before.Apply(execution.SignedQuantity, execution.BookedPrice, execution.BookedFee);
        var realised = after.Realised - before.Realised;
        _positions[execution.Symbol] = after;
        Cash -= (execution.SignedQuantity * execution.BookedPrice) + execution.BookedFee;
        Fees += execution.BookedFee;
        Realised += realised;
        Booked++;
        return realised;
    }

    /// <summary>Books a split: the quantity changes and its cost does not; what is left over is sold, or bought back, at the split's cash
    /// price. Returns the profit that this realised.</summary>
    public decimal Split(StockSplit split)
    {
        split.Require();
        var before = PositionOf(split.Symbol);
        if (before.Quantity == 0m)
        {
            return 0m;
        }

        var after = before with { Quantity = split.QuantityOf(before.Quantity) };
        if (after.Quantity == 0m)
        {
            throw new InvalidOperationException($"the split of {split.Symbol} leaves nothing of {before.Quantity}");
        }

        if (split.Remainder(after.Quantity) is var (rest, price))
        {
            after = after.Apply(-rest, price, 0m);
            Cash += rest * price;
        }

        var realised = after.Realised - before.Realised;
        _positions[split.Symbol] = after;
        Realised += realised;
        return realised;
    }

    /// <summary>Books a dividend and returns what the position received, or paid where negative.</summary>
    public decimal Pay(CashDividend dividend)
    {
        var amount = dividend.AmountOf(QuantityOf(dividend.Symbol));
        Income += amount;
        Cash += amount;
        return amount;
    }

    /// <summary>Books a fee that is of no fill: of a depository, of a loan, or of a fill in another currency.</summary>
    public void Charge(decimal fee)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fee);
        Fees += fee;
        Cash -= fee;
    }

    /// <summary>Puts cash in, or takes it out where negative.</summary>
    public void Transfer(decimal amount)
    {
        Transferred += amount;
        Cash += amount;
    }

    /// <summary>Cash plus the market value of all positions; a position without a mark counts at its cost.</summary>
    public decimal Equity(Func<string, decimal?> mark)
    {
        var equity = Cash;
        foreach (var position in _positions.Values)
        {
            equity += mark(position.Symbol) is { } price ? position.Quantity * price : position.Cost;
        }

        return equity;
    }

    /// <summary>Profit of all open positions; a position without a mark has none.</summary>
    public decimal Unrealised(Func<string, decimal?> mark)
    {
        var unrealised = 0m;
        foreach (var position in _positions.Values)
        {
            unrealised += mark(position.Symbol) is { } price ? position.Unrealised(price) : 0m;
        }

        return unrealised;
    }

    /// <summary>The identity of the ledger: initial cash + transferred + realised + income - fees = cash + cost of the open positions. Zero
    /// when they are right.</summary>
    /// <remarks>Adding the unrealised profit on both sides gives: initial cash + transferred + realised + unrealised + income - fees =
    /// equity, at every price.</remarks>
    public decimal Imbalance()
    {
        var cost = 0m;
        foreach (var position in _positions.Values)
        {
            cost += position.Cost;
        }

        return InitialCash + Transferred + Realised + Income - Fees - Cash - cost;
    }
}
