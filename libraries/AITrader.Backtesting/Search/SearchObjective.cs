using AITrader.Backtesting.Runs;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Search;

/// <summary>What a search maximises.</summary>
/// <param name="Name">Its name.</param>
public sealed record SearchObjective(string Name)
{
    private static readonly Dictionary<string, Func<BacktestResult, PerformanceReport, double?>> Known = new(StringComparer.Ordinal)
    {
        // Of the intervals of the curve, so that a few days of data have one too; every trial has the same intervals.
        ["sharpe"] = static (result, _) => RiskAdjustedStatistics.PeriodSharpe([.. result.PeriodReturns]),
        ["sortino"] = static (_, performance) => performance.Sortino,
        ["calmar"] = static (_, performance) => performance.Calmar,
        ["return"] = static (_, performance) => performance.TotalReturn,
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>Sharpe ratio of the intervals of the equity curve.</summary>
    public static SearchObjective Sharpe { get; } = new("sharpe");

    internal double? Of(BacktestResult result, PerformanceReport performance) => Known[Name](result, performance);
}
