using AITrader.Trading.Statistics;

namespace AITrader.Trading.Tests.Statistics;

public sealed class BenchmarkStatisticsTests
{
    private static readonly double[] Benchmark = [0.01, -0.02, 0.03, 0.00]; // mean 0.005, sample variance 0.0013 / 3
    private static readonly double[] Returns = [.. Benchmark.Select(static value => (2 * value) + 0.001)]; // mean 0.011

    [Fact]
    public void Twice_the_benchmark_and_a_thousandth_has_beta_two_and_that_alpha()
    {
        Assert.Equal(2, BenchmarkStatistics.Beta(Returns, Benchmark)!.Value, 1e-9);
        Assert.Equal(252 * 0.001, BenchmarkStatistics.Alpha(Returns, Benchmark, 0, 252)!.Value, 1e-9);
        Assert.Equal(252 * 0.0012, BenchmarkStatistics.Alpha(Returns, Benchmark, 0.0002, 252)!.Value, 1e-9);
        Assert.Equal(252 * 0.011 / 2, BenchmarkStatistics.Treynor(Returns, Benchmark, 0, 252)!.Value, 1e-9);
        Assert.Equal(252 * 0.010 / 2, BenchmarkStatistics.Treynor(Returns, Benchmark, 0.001, 252)!.Value, 1e-9);
        Assert.Equal(
            0.006 / Math.Sqrt(0.0013 / 3) * Math.Sqrt(252),
            BenchmarkStatistics.InformationRatio(Returns, Benchmark, 252)!.Value,
            1e-9
        );
    }

    [Fact]
    public void Nothing_is_said_beside_a_benchmark_that_stands_still()
    {
        double[] still = [0.1, 0.1, 0.1, 0.1];
        Assert.Null(BenchmarkStatistics.Beta(Returns, still));
        Assert.Null(BenchmarkStatistics.Alpha(Returns, still, 0, 252));
        Assert.Null(BenchmarkStatistics.Treynor(Returns, still, 0, 252));
    }

    [Fact]
    public void A_constant_lead_over_the_benchmark_is_no_information_ratio() =>
        Assert.Null(BenchmarkStatistics.InformationRatio([.. Benchmark.Select(static value => value + 0.0001)], Benchmark, 252));

    [Fact]
    public void Treynor_needs_a_beta() => Assert.Null(BenchmarkStatistics.Treynor([0.01, 0.01, 0.01, 0.01], Benchmark, 0, 252));

    [Fact]
    public void Refuses_other_periods() => Assert.Throws<ArgumentException>(() => BenchmarkStatistics.Beta(Returns, [0.1]));

    [Fact]
    public void Returns_beside_themselves_have_beta_one_and_no_alpha() => Property.Holds(Samples.Returns, static returns =>
        {
            if (BenchmarkStatistics.Beta(returns, returns) is { } beta)
            {
                Assert.Equal(1, beta, 1e-9);
                Assert.Equal(0, BenchmarkStatistics.Alpha(returns, returns, 0.0001, 252)!.Value, 1e-9);
            }

            Assert.Null(BenchmarkStatistics.InformationRatio(returns, returns, 252));
        });
}
