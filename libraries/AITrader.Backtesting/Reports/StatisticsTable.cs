using System.Globalization;
using AITrader.Backtesting.Runs;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Reports;

/// <summary>A result's statistics as rows of text, for a console and for a page. What is undefined is a dash.</summary>
public static class StatisticsTable
{
    private const string None = "–";

    /// <summary>Name and value, in order.</summary>
    public static IReadOnlyList<(string Name, string Value)> Rows(BacktestResult result, PerformanceReport performance)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(performance);
        return [.. Money(result, performance), .. Risk(performance), .. Activity(result, performance)];
    }

    private static IEnumerable<(string, string)> Money(BacktestResult result, PerformanceReport performance) =>
        [
            ("final equity", $"{Amount(result.FinalEquity)} {result.Currency}"),
            ("total return", Percent(performance.TotalReturn)),
            ("buy and hold", Percent((double)((result.Benchmark[^1].Equity / result.StartingCash) - 1m))),
            ("annual return", Percent(performance.AnnualReturn)),
            ("realised", Amount(result.Realised)),
            ("unrealised", Amount(result.Unrealised)),
            ("fees", Amount(result.Fees)),
            ("slippage", performance.Costs.Slippage is { } slippage ? Amount(slippage) : None),
        ];

    private static IEnumerable<(string, string)> Risk(PerformanceReport performance) =>
        [
            ("max drawdown", Percent((double)performance.Drawdowns.MaxDepth)),
            ("annual volatility", Percent(performance.AnnualVolatility)),
            ("Sharpe", Number(performance.Sharpe)),
            ("Sortino", Number(performance.Sortino)),
            ("Calmar", Number(performance.Calmar)),
            ("Omega", Number(performance.Omega)),
            ("value at risk 95 %", Percent(performance.ValueAtRisk95)),
            ("conditional VaR 95 %", Percent(performance.ConditionalValueAtRisk95)),
            ("beta", Number(performance.Beta)),
            ("alpha", Percent(performance.Alpha)),
            ("information ratio", Number(performance.InformationRatio)),
            ("probabilistic Sharpe", Percent(performance.ProbabilisticSharpe)),
        ];

    private static IEnumerable<(string, string)> Activity(BacktestResult result, PerformanceReport performance) =>
        [
            ("orders", result.Orders.Count.ToString(CultureInfo.InvariantCulture)),
            ("executions", result.Fills.Count.ToString(CultureInfo.InvariantCulture)),
            ("trades", performance.Trades.Count.ToString(CultureInfo.InvariantCulture)),
            ("win rate", Percent(performance.Trades.WinRate)),
            ("profit factor", Number(performance.Trades.ProfitFactor)),
            ("expectancy", performance.Trades.Expectancy is { } expectancy ? Amount(expectancy) : None),
            ("payoff", Number(performance.Trades.Payoff)),
            ("exposure", Percent(performance.Exposure)),
            ("turnover a year", Number(performance.Turnover)),
        ];

    internal static string Amount(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    internal static string Percent(double? part) => part is { } known ? known.ToString("0.00 %", CultureInfo.InvariantCulture) : None;

    internal static string Number(double? number) => number is { } known ? known.ToString("0.000", CultureInfo.InvariantCulture) : None;
}
