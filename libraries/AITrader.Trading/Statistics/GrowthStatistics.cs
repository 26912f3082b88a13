namespace AITrader.Trading.Statistics;

/// <summary>How much, how fast, how unsteadily. Returns are fractions a period.</summary>
public static class GrowthStatistics
{
    /// <summary>Total return: the product of (1 + r), less one; null of none.</summary>
    public static double? TotalReturn(double[] returns)
    {
        var growth = 1.0;
        foreach (var value in returns)
        {
            growth *= 1 + value;
        }

        return returns.Length == 0 ? null : Sample.Finite(growth - 1);
    }

    /// <summary>Compound annual growth rate: (1 + total)^(N / n) - 1.</summary>
    /// <param name="totalReturn">Total return.</param>
    /// <param name="periods">Periods that it took: n.</param>
    /// <param name="periodsPerYear">Periods a year: N.</param>
    /// <returns>Null without a period, where more than everything was lost, and beyond what a double holds.</returns>
    public static double? AnnualReturn(double? totalReturn, int periods, double periodsPerYear) =>
        totalReturn is { } total && periods > 0 && total >= -1 ? Sample.Finite(Math.Pow(1 + total, periodsPerYear / periods) - 1) : null;

    /// <summary>Annual volatility: sample standard deviation times √N; null of fewer than two returns.</summary>
    public static double? AnnualVolatility(double[] returns, double periodsPerYear) =>
        Sample.Deviation(returns) * Math.Sqrt(periodsPerYear);
}
