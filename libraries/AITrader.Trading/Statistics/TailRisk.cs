using MathNet.Numerics.Statistics;

namespace AITrader.Trading.Statistics;

/// <summary>Historical tail risk of one period, as a return: a loss is negative.</summary>
public static class TailRisk
{
    /// <summary>Value at risk: the (1 - confidence) quantile of the returns, linear between two; null of none.</summary>
    public static double? ValueAtRisk(double[] returns, double confidence) =>
        returns.Length == 0 ? null : SortedArrayStatistics.QuantileCustom(Sorted(returns), 1 - confidence, QuantileDefinition.R7);

    /// <summary>Conditional value at risk (expected shortfall): mean of the worst floor((n - 1)·(1 - confidence)) + 1 returns; null of
    /// none.</summary>
    public static double? ConditionalValueAtRisk(double[] returns, double confidence)
    {
        if (returns.Length == 0)
        {
            return null;
        }

        // The nudge keeps 0.05 · 100, which is 5.000000000000004 as 1 - 0.95, and its like on their whole number.
        var worst = (int)Math.Floor(((returns.Length - 1) * (1 - confidence)) + 1e-9) + 1;
        return ArrayStatistics.Mean(Sorted(returns)[..worst]);
    }

    private static double[] Sorted(double[] returns)
    {
        var sorted = (double[])returns.Clone();
        Array.Sort(sorted);
        return sorted;
    }
}
