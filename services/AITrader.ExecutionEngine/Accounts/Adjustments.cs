using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Ledger;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Splits and dividends as the ledger books them: the same rows give the same books at every start.</summary>
internal static class Adjustments
{
    /// <summary>Books a row; gives the cash that it brought, and the profit that it realised.</summary>
    /// <exception cref="InvalidOperationException">The split leaves something over that has no price, or leaves nothing.</exception>
    public static (decimal Amount, decimal Realised) Book(this AccountLedger ledger, AdjustmentRow row)
    {
        var before = ledger.Cash;
        var realised = 0m;
        if (row.Kind == AdjustmentKinds.Split)
        {
            realised = ledger.Split(SplitOf(row));
        }
        else
        {
            ledger.Pay(new CashDividend(row.Symbol, row.InAccount(row.PerUnit!.Value), row.DecidedAt!.Value) { Withheld = row.Withheld });
        }

        return (ledger.Cash - before, realised);
    }

    /// <summary>Counts the last price of a split symbol for new units.</summary>
    public static void Rescale(this TradingDesk desk, AdjustmentRow row)
    {
        if (row.Kind == AdjustmentKinds.Split)
        {
            desk.Rescale(SplitOf(row));
        }
    }

    private static StockSplit SplitOf(AdjustmentRow row) =>
        new(row.Symbol, row.NewUnits!.Value, row.OldUnits!.Value, row.DecidedAt!.Value)
        {
            LotSize = row.LotSize,
            CashPrice = row.CashPrice is { } price ? row.InAccount(price) : null,
        };
}
