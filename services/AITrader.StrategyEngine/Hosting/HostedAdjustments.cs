using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Ledger;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Splits and dividends in the account of one strategy, which holds a part of what was adjusted.</summary>
internal static class HostedAdjustments
{
    // The whole account may come out even where a strategy's part of it does not: what is left over stays with it.
    private const decimal SmallestPart = 0.00000001m;

    /// <summary>Books a row as the execution engine booked it.</summary>
    public static void Book(this TradingDesk desk, AdjustmentRow row)
    {
        if (row.Kind == AdjustmentKinds.Dividend)
        {
            desk.Ledger.Pay(new CashDividend(row.Symbol, row.PerUnit!.Value, row.DecidedAt!.Value) { Withheld = row.Withheld });
            return;
        }

        var split = new StockSplit(row.Symbol, row.NewUnits!.Value, row.OldUnits!.Value, row.DecidedAt!.Value)
        {
            LotSize = row.CashPrice is null ? SmallestPart : row.LotSize,
            CashPrice = row.CashPrice,
        };
        desk.Ledger.Split(split);
        desk.Rescale(split);
    }
}
