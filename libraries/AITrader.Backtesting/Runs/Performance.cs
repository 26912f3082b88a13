using AITrader.Domain.Orders;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Runs;

/// <summary>A backtest as statistics see it.</summary>
public static class Performance
{
    /// <summary>Every statistic of a result.</summary>
    public static PerformanceReport Of(BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return PerformanceReport.Of(
            new PerformanceInput
            {
                InitialEquity = result.StartingCash,
                Curve = [.. result.Equity.Select(static point => new EquityPoint(point.Time, point.Equity))],
                Trades = result.Trades,
                OpenSince = result.OpenSince,
                Fills = [.. result.Fills.Select(fill => new ArrivalFill(fill, ArrivalPriceOf(result, fill)))],
                Benchmark = result.Benchmark,
            },
            StatisticsBasis.For(result.Symbols, result.From, result.To)
        );
    }

    private static decimal? ArrivalPriceOf(BacktestResult result, Fill fill) =>
        result.ArrivalPrices.TryGetValue(fill.OrderId, out var price) ? price : null;
}
