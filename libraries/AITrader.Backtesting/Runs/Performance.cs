using AITrader.Domain.Orders;
using AITrader.Domain.Sessions;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Runs;

/// <summary>A backtest as statistics see it.</summary>
public static class Performance
{
    private const double DaysOfYear = 365;

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
            BasisOf(result)
        );
    }

    private static decimal? ArrivalPriceOf(BacktestResult result, Fill fill) =>
        result.ArrivalPrices.TryGetValue(fill.OrderId, out var price) ? price : null;

    // Sessions of NSE where everything trades there and the calendar knows the years; elsewhere UTC days.
    private static StatisticsBasis BasisOf(BacktestResult result)
    {
        var isNse = result.Symbols.All(static symbol => symbol.StartsWith("NSE:", StringComparison.Ordinal));
        var isKnown = result.From.Year >= NseCalendar.FirstYear && result.To.Year <= NseCalendar.LastYear;
        return !isNse ? StatisticsBasis.Default with { PeriodsPerYear = DaysOfYear }
            : isKnown ? StatisticsBasis.Default with { Calendar = NseCalendar.Default }
            : StatisticsBasis.Default;
    }
}
