using AITrader.Domain.Orders;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using AITrader.Trading.Ledger;
using AITrader.Trading.Statistics;

namespace AITrader.Backend.Runs;

/// <summary>Computes the numbers of a run from what it booked; money is in the currency of its account.</summary>
internal static class RunStatistics
{
    /// <summary>Equity now: cash, and positions at their last prices.</summary>
    public static decimal EquityOf(AccountRow account, IEnumerable<PositionRow> positions) =>
        account.Cash + positions.Sum(static position => position.Quantity * (position.LastPrice ?? position.AveragePrice));

    /// <summary>Profit of the positions that are open.</summary>
    public static decimal UnrealisedOf(IEnumerable<PositionRow> positions) =>
        positions.Sum(static position => position.Quantity * ((position.LastPrice ?? position.AveragePrice) - position.AveragePrice));

    /// <summary>Every number; null where the run has no account, or began with nothing.</summary>
    /// <param name="history">What it booked.</param>
    /// <param name="now">Event time of the marks.</param>
    public static PerformanceSummary? Of(RunHistory history, DateTimeOffset now)
    {
        if (history.Account is not { InitialCash: > 0m } account)
        {
            return null;
        }

        var equity = EquityOf(account, history.Positions);
        var fills = history.Executions.Select(InAccountCurrency).ToList();
        var trades = TradesOf(history, fills);
        var curve = CurveOf(history, equity, now);
        var symbols = history.Executions.Select(static one => one.Execution.Symbol).ToHashSet(StringComparer.Ordinal);
        var report = PerformanceReport.Of(
            new PerformanceInput
            {
                InitialEquity = account.InitialCash,
                Curve = curve,
                Trades = trades.Closed,
                OpenSince = [.. trades.Open.Select(static lot => lot.EntryTime)],
                Fills = fills,
            },
            StatisticsBasis.For(symbols, curve[0].Time, curve[^1].Time)
        );
        return PerformanceSummary.Of(report, equity);
    }

    // A split between two executions makes other lots of what is open.
    private static FifoTrades TradesOf(RunHistory history, List<ArrivalFill> fills)
    {
        var (trades, next) = (new FifoTrades(), 0);
        for (var i = 0; i < fills.Count; i++)
        {
            for (; next < history.Splits.Count && history.Splits[next].AfterTrade < history.Executions[i].Execution.TradeId; next++)
            {
                trades.Split(SplitOf(history.Splits[next]));
            }

            trades.Book(fills[i].Fill);
        }

        foreach (var split in history.Splits.Skip(next))
        {
            trades.Split(SplitOf(split));
        }

        return trades;
    }

    private static StockSplit SplitOf(AdjustmentRow row) =>
        new(row.Symbol, row.NewUnits!.Value, row.OldUnits!.Value, row.DecidedAt!.Value)
        {
            LotSize = row.LotSize,
            CashPrice = row.CashPrice is { } price ? row.InAccount(price) : null,
        };

    // The stored curve has a point an interval; what came after the last one is in the marks.
    private static List<EquityPoint> CurveOf(RunHistory history, decimal equity, DateTimeOffset now)
    {
        List<EquityPoint> curve = [.. history.Points.Select(static row => new EquityPoint(row.Timestamp, row.Equity))];
        var last = curve.Count > 0 && curve[^1].Time > now ? curve[^1].Time : now;
        curve.Add(new EquityPoint(last, equity));
        return curve;
    }

    private static ArrivalFill InAccountCurrency(DecidedExecution one)
    {
        var row = one.Execution;
        var fill = new Fill
        {
            ExecId = row.ExecId,
            OrderId = row.OrderId,
            Symbol = row.Symbol,
            Side = row.Side,
            Quantity = row.Quantity,
            Price = row.Price,
            Fee = row.Fee,
            IsTaker = row.Liquidity == "taker",
            Timestamp = row.Timestamp,
            Seq = row.Seq,
            Rate = row.Rate,
        };
        return new ArrivalFill(fill with { Price = fill.BookedPrice, Fee = fill.BookedFee, Rate = 1m }, one.ArrivalPrice * row.Rate);
    }
}
