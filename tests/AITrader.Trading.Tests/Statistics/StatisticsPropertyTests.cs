using AITrader.Domain.Sessions;
using AITrader.Trading.Statistics;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Statistics;

public sealed class StatisticsPropertyTests
{
    [Fact]
    public void Ratios_do_not_depend_on_leverage() => Property.Holds(Samples.Returns, static returns =>
        {
            double[] scaled = [.. returns.Select(static value => value * 3)];
            Same(RiskAdjustedStatistics.Sharpe(returns, 0, 252), RiskAdjustedStatistics.Sharpe(scaled, 0, 252));
            Same(RiskAdjustedStatistics.Sortino(returns, 0, 252), RiskAdjustedStatistics.Sortino(scaled, 0, 252));
            Same(RiskAdjustedStatistics.Omega(returns, 0), RiskAdjustedStatistics.Omega(scaled, 0));
            Same(SharpeSignificance.Probabilistic(returns), SharpeSignificance.Probabilistic(scaled));
            Same(GrowthStatistics.AnnualVolatility(returns, 252) * 3, GrowthStatistics.AnnualVolatility(scaled, 252));
            Same(TailRisk.ConditionalValueAtRisk(returns, 0.95) * 3, TailRisk.ConditionalValueAtRisk(scaled, 0.95));
        });

    [Fact]
    public void Nothing_relative_depends_on_the_unit_of_money() => Property.Holds(Samples.PositiveCurves, static curve =>
        {
            var one = Report(100m, curve);
            var other = Report(8_000m, [.. curve.Select(static point => point with { Equity = point.Equity * 80m })]);
            foreach (var property in Numbers)
            {
                Same((double?)property.GetValue(one), (double?)property.GetValue(other));
            }

            Assert.Equal(one.Drawdowns.MaxDepth, other.Drawdowns.MaxDepth);
        });

    [Fact]
    public void What_is_undefined_is_null_and_never_infinite_or_no_number() => Property.Holds(Samples.AnyCurves, static curve =>
        {
            var report = Report(100m, curve);
            Assert.All(Numbers, property =>
                Assert.True(property.GetValue(report) is not double value || double.IsFinite(value), property.Name)
            );
        });

    [Fact]
    public void Months_and_days_multiply_to_the_total() => Property.Holds(Samples.PositiveCurves, static curve =>
        {
            var report = Report(100m, curve);
            Assert.Equal(
                report.TotalReturn!.Value,
                report.Monthly.Aggregate(1.0, static (growth, month) => growth * (1 + month.Return!.Value)) - 1,
                1e-9
            );
            Assert.Equal(report.TotalReturn.Value, GrowthStatistics.TotalReturn([.. report.Daily.Returns!])!.Value, 1e-9);
        });

    [Fact]
    public void A_constant_return_has_no_ratio()
    {
        double[] constant = [.. Enumerable.Repeat(0.1, 50)];
        Assert.Null(RiskAdjustedStatistics.Sharpe(constant, 0.0001, 252));
        Assert.Null(RiskAdjustedStatistics.Sortino(constant, 0, 252));
        Assert.Null(RiskAdjustedStatistics.Omega(constant, 0));
        Assert.Null(SharpeSignificance.Probabilistic(constant));
        Assert.Null(RiskAdjustedStatistics.Sharpe([0.01], 0, 252));
        Assert.Null(GrowthStatistics.AnnualVolatility([0.01], 252));
        Assert.Null(GrowthStatistics.AnnualReturn(-1.2, 10, 252));
        Assert.Null(GrowthStatistics.AnnualReturn(1e300, 1, 252));
        Assert.Equal(-1, GrowthStatistics.AnnualReturn(-1, 10, 252));
    }

    [Fact]
    public void A_run_without_a_point_has_no_number()
    {
        var report = Report(100m, []);
        Assert.All(Numbers, property => Assert.Null(property.GetValue(report)));
    }

    // SHV of LEAN's issue 9533: far below the risk-free rate, so the probability of beating it is small, however steady the return.
    [Fact]
    public void The_probability_is_that_of_the_Sharpe_ratio_which_is_reported()
    {
        double[] steady = [.. Enumerable.Range(0, 250).Select(static day => 0.0001 + (0.00001 * (day % 3)))];
        Assert.True(RiskAdjustedStatistics.Sharpe(steady, 0.0002, 252) < -8);
        Assert.True(SharpeSignificance.Probabilistic(steady, 0.0002) < 0.001);
        Assert.True(SharpeSignificance.Probabilistic(steady) > 0.999);
    }

    [Fact]
    public void Compares_the_days_that_run_and_benchmark_share()
    {
        var run = new PerformanceInput
        {
            InitialEquity = 100m,
            Curve = Samples.Curve(101m, 103.02m, 101.9898m, 104.029596m),
            Benchmark = Samples.Curve(50m, 51m, 50.49m, 51.4998m),
        };
        var report = PerformanceReport.Of(run, new StatisticsBasis { Calendar = SessionCalendar.UtcDays });
        Assert.Equal(BenchmarkStatistics.Beta([0.01, 0.02, -0.01, 0.02], [0, 0.02, -0.01, 0.02])!.Value, report.Beta!.Value, 1e-9);
        Assert.NotNull(report.Alpha);
        Assert.NotNull(report.InformationRatio);
        Assert.NotNull(report.Treynor);
    }

    [Fact]
    public void Deflating_by_more_trials_never_helps() =>
        Property.Holds(Gen.Choose(1, 1_000).Two(), static trials =>
            Assert.True(
                SharpeSignificance.ExpectedMaximum(Math.Min(trials.Item1, trials.Item2), 0.01)
                    <= SharpeSignificance.ExpectedMaximum(Math.Max(trials.Item1, trials.Item2), 0.01)
            )
        );

    private static readonly System.Reflection.PropertyInfo[] Numbers =
    [
        .. typeof(PerformanceReport).GetProperties().Where(static property => property.PropertyType == typeof(double?)),
    ];

    private static PerformanceReport Report(decimal initial, IReadOnlyList<EquityPoint> curve) =>
        PerformanceReport.Of(
            new PerformanceInput
            {
                InitialEquity = initial,
                Curve = curve,
                Benchmark = [.. curve.Where(static point => point.Equity > 0m)],
            }
        );

    private static void Same(double? expected, double? actual)
    {
        Assert.Equal(expected.HasValue, actual.HasValue);
        Assert.Equal(expected ?? 0, actual ?? 0, Math.Abs((expected ?? 0) * 1e-9) + 1e-12);
    }
}
