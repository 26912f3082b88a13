using AITrader.Trading.Ledger;

namespace AITrader.Trading.Statistics;

/// <summary>A run, as statistics see it.</summary>
public sealed record PerformanceInput
{
    /// <summary>Equity at the start; positive.</summary>
    public required decimal InitialEquity { get; init; }

    /// <summary>Equity in the order of time.</summary>
    public required IReadOnlyList<EquityPoint> Curve { get; init; }

    /// <summary>Closed trades.</summary>
    public IReadOnlyList<ClosedTrade> Trades { get; init; } = [];

    /// <summary>Entries of trades that are still open.</summary>
    public IReadOnlyList<DateTimeOffset> OpenSince { get; init; } = [];

    /// <summary>All fills.</summary>
    public IReadOnlyList<ArrivalFill> Fills { get; init; } = [];

    /// <summary>Prices of a benchmark in the order of time, the first at the start of the run; empty without one.</summary>
    public IReadOnlyList<EquityPoint> Benchmark { get; init; } = [];

    /// <summary>Trials that this run was chosen from, itself included.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>Variance of the trials' Sharpe ratios of one period.</summary>
    public double TrialsVariance { get; init; }
}

/// <summary>Every statistic of a run. What is undefined is null, never 0 and never not-a-number.</summary>
/// <remarks>docs/formulas-trading.md has each formula.</remarks>
public sealed record PerformanceReport
{
    /// <summary>Daily equity and returns.</summary>
    public required DailySeries Daily { get; init; }

    /// <summary>Returns by month.</summary>
    public required IReadOnlyList<MonthlyReturn> Monthly { get; init; }

    /// <summary>Drawdowns of the whole curve.</summary>
    public required Drawdowns Drawdowns { get; init; }

    /// <summary>Closed trades.</summary>
    public required TradeStatistics Trades { get; init; }

    /// <summary>Fees and slippage.</summary>
    public required CostStatistics Costs { get; init; }

    /// <summary>Last equity over the first, less one.</summary>
    public double? TotalReturn { get; init; }

    /// <summary>Compound annual growth rate.</summary>
    public double? AnnualReturn { get; init; }

    /// <summary>Annual volatility.</summary>
    public double? AnnualVolatility { get; init; }

    /// <summary>Sharpe ratio.</summary>
    public double? Sharpe { get; init; }

    /// <summary>Sortino ratio.</summary>
    public double? Sortino { get; init; }

    /// <summary>Calmar ratio.</summary>
    public double? Calmar { get; init; }

    /// <summary>Omega ratio.</summary>
    public double? Omega { get; init; }

    /// <summary>Value at risk of a day at 95 %.</summary>
    public double? ValueAtRisk95 { get; init; }

    /// <summary>Value at risk of a day at 99 %.</summary>
    public double? ValueAtRisk99 { get; init; }

    /// <summary>Conditional value at risk of a day at 95 %.</summary>
    public double? ConditionalValueAtRisk95 { get; init; }

    /// <summary>Conditional value at risk of a day at 99 %.</summary>
    public double? ConditionalValueAtRisk99 { get; init; }

    /// <summary>Beta; null without a benchmark, as the three that follow.</summary>
    public double? Beta { get; init; }

    /// <summary>Jensen's alpha.</summary>
    public double? Alpha { get; init; }

    /// <summary>Information ratio.</summary>
    public double? InformationRatio { get; init; }

    /// <summary>Treynor ratio.</summary>
    public double? Treynor { get; init; }

    /// <summary>Probability that the true Sharpe ratio is above zero.</summary>
    public double? ProbabilisticSharpe { get; init; }

    /// <summary>Probability that it is above what the best of the trials would show without skill.</summary>
    public double? DeflatedSharpe { get; init; }

    /// <summary>Share of the time in the market.</summary>
    public double? Exposure { get; init; }

    /// <summary>Turnover a year.</summary>
    public double? Turnover { get; init; }

    /// <summary>Computes it.</summary>
    public static PerformanceReport Of(PerformanceInput run, StatisticsBasis? basis = null)
    {
        basis ??= StatisticsBasis.Default;
        var daily = DailySeries.Of(run.InitialEquity, run.Curve, basis.Calendar);
        var costs = CostStatistics.Of(run.Fills);
        var report = new PerformanceReport
        {
            Daily = daily,
            Monthly = MonthlyReturn.Of(daily),
            Drawdowns = Drawdowns.Of(run.InitialEquity, run.Curve),
            Trades = TradeStatistics.Of(run.Trades),
            Costs = costs,
            TotalReturn = run.Curve.Count == 0 ? null : (double)((run.Curve[^1].Equity / run.InitialEquity) - 1m),
            Exposure =
                run.Curve.Count == 0 ? null : ActivityStatistics.Exposure(run.Curve[0].Time, run.Curve[^1].Time, run.Trades, run.OpenSince),
            Turnover = ActivityStatistics.Turnover(costs.Notional, daily.Equity, basis.PeriodsPerYear),
        };
        return daily.Returns is { } returns ? WithBenchmark(WithReturns(report, [.. returns], run, basis), run, basis) : report;
    }

    private static PerformanceReport WithReturns(PerformanceReport report, double[] returns, PerformanceInput run, StatisticsBasis basis)
    {
        var annual = GrowthStatistics.AnnualReturn(report.TotalReturn, returns.Length, basis.PeriodsPerYear);
        var riskFree = basis.RiskFreePerPeriod;
        return report with
        {
            AnnualReturn = annual,
            AnnualVolatility = GrowthStatistics.AnnualVolatility(returns, basis.PeriodsPerYear),
            Sharpe = RiskAdjustedStatistics.Sharpe(returns, riskFree, basis.PeriodsPerYear),
            Sortino = RiskAdjustedStatistics.Sortino(returns, basis.RequiredPerPeriod, basis.PeriodsPerYear),
            Calmar = RiskAdjustedStatistics.Calmar(annual, (double)report.Drawdowns.MaxDepth),
            Omega = RiskAdjustedStatistics.Omega(returns, basis.RequiredPerPeriod),
            ValueAtRisk95 = TailRisk.ValueAtRisk(returns, 0.95),
            ValueAtRisk99 = TailRisk.ValueAtRisk(returns, 0.99),
            ConditionalValueAtRisk95 = TailRisk.ConditionalValueAtRisk(returns, 0.95),
            ConditionalValueAtRisk99 = TailRisk.ConditionalValueAtRisk(returns, 0.99),
            ProbabilisticSharpe = SharpeSignificance.Probabilistic(returns, riskFree),
            DeflatedSharpe = SharpeSignificance.Deflated(returns, riskFree, run.Trials, run.TrialsVariance),
        };
    }

    private static PerformanceReport WithBenchmark(PerformanceReport report, PerformanceInput run, StatisticsBasis basis)
    {
        if (Paired(report.Daily, run.Benchmark, basis) is not var (returns, benchmark))
        {
            return report;
        }

        return report with
        {
            Beta = BenchmarkStatistics.Beta(returns, benchmark),
            Alpha = BenchmarkStatistics.Alpha(returns, benchmark, basis.RiskFreePerPeriod, basis.PeriodsPerYear),
            InformationRatio = BenchmarkStatistics.InformationRatio(returns, benchmark, basis.PeriodsPerYear),
            Treynor = BenchmarkStatistics.Treynor(returns, benchmark, basis.RiskFreePerPeriod, basis.PeriodsPerYear),
        };
    }

    // Returns of the days that both have.
    private static (double[] Returns, double[] Benchmark)? Paired(
        DailySeries daily,
        IReadOnlyList<EquityPoint> prices,
        StatisticsBasis basis
    )
    {
        if (prices.Count == 0 || DailySeries.Of(prices[0].Equity, prices, basis.Calendar) is not { Returns: { } } other)
        {
            return null;
        }

        var byDay = other.Days.Zip(other.Returns).ToDictionary();
        var shared = Enumerable.Range(0, daily.Days.Count).Where(i => byDay.ContainsKey(daily.Days[i])).ToList();
        return ([.. shared.Select(i => daily.Returns![i])], [.. shared.Select(i => byDay[daily.Days[i]])]);
    }
}
