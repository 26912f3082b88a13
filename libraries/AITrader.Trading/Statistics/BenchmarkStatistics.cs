using MathNet.Numerics.Statistics;

namespace AITrader.Trading.Statistics;

/// <summary>Returns beside those of a benchmark over the same periods.</summary>
public static class BenchmarkStatistics
{
    /// <summary>Beta: sample covariance with the benchmark over its variance; null where the benchmark does not vary.</summary>
    public static double? Beta(double[] returns, double[] benchmark)
    {
        RequireSamePeriods(returns, benchmark);
        return Sample.Spread(benchmark) is { } deviation ? ArrayStatistics.Covariance(returns, benchmark) / (deviation * deviation) : null;
    }

    /// <summary>Jensen's alpha a year: N · (mean(r - rf) - beta · mean(b - rf)).</summary>
    public static double? Alpha(double[] returns, double[] benchmark, double riskFree, double periodsPerYear) =>
        Beta(returns, benchmark) is { } beta
            ? periodsPerYear * (ArrayStatistics.Mean(returns) - riskFree - (beta * (ArrayStatistics.Mean(benchmark) - riskFree)))
            : null;

    /// <summary>Information ratio: mean(r - b) / sample standard deviation of (r - b), times √N; null where they do not differ
    /// in varying amounts.</summary>
    public static double? InformationRatio(double[] returns, double[] benchmark, double periodsPerYear)
    {
        RequireSamePeriods(returns, benchmark);
        var active = new double[returns.Length];
        for (var i = 0; i < active.Length; i++)
        {
            active[i] = returns[i] - benchmark[i];
        }

        // A difference of two numbers is as uncertain as the larger of the two.
        return Sample.Deviation(active) is { } deviation && !Sample.IsRounding(deviation, [.. returns, .. benchmark])
            ? ArrayStatistics.Mean(active) / deviation * Math.Sqrt(periodsPerYear)
            : null;
    }

    /// <summary>Treynor ratio: N · mean(r - rf) / beta; null where beta is zero or undefined.</summary>
    public static double? Treynor(double[] returns, double[] benchmark, double riskFree, double periodsPerYear) =>
        Beta(returns, benchmark) is { } beta && beta != 0
            ? Sample.Finite(periodsPerYear * (ArrayStatistics.Mean(returns) - riskFree) / beta)
            : null;

    private static void RequireSamePeriods(double[] returns, double[] benchmark)
    {
        if (returns.Length != benchmark.Length)
        {
            throw new ArgumentException($"{returns.Length} returns beside {benchmark.Length} of the benchmark", nameof(benchmark));
        }
    }
}
