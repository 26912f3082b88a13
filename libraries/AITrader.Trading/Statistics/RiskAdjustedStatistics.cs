using MathNet.Numerics.Statistics;

namespace AITrader.Trading.Statistics;

/// <summary>Return for a unit of risk. Rates are a period's, ratios a year's.</summary>
public static class RiskAdjustedStatistics
{
    /// <summary>Sharpe of one period: mean excess return over its sample standard deviation.</summary>
    /// <returns>Null of fewer than two returns, or where they do not differ.</returns>
    public static double? PeriodSharpe(double[] returns, double riskFree = 0)
    {
        var excess = Sample.Less(returns, riskFree);
        return Sample.Spread(excess) is { } deviation ? ArrayStatistics.Mean(excess) / deviation : null;
    }

    /// <summary>Sharpe ratio: that of one period times √N.</summary>
    public static double? Sharpe(double[] returns, double riskFree, double periodsPerYear) =>
        PeriodSharpe(returns, riskFree) * Math.Sqrt(periodsPerYear);

    /// <summary>Sortino ratio: mean(r - required) / √(Σ min(0, r - required)² / n) times √N; null without a shortfall.</summary>
    public static double? Sortino(double[] returns, double required, double periodsPerYear)
    {
        var excess = Sample.Less(returns, required);
        var squares = 0.0;
        foreach (var value in excess)
        {
            squares += value < 0 ? value * value : 0;
        }

        return squares > 0
            ? Sample.Finite(ArrayStatistics.Mean(excess) / Math.Sqrt(squares / excess.Length) * Math.Sqrt(periodsPerYear))
            : null;
    }

    /// <summary>Calmar ratio: annual return over the depth of the deepest drawdown; null where there was none.</summary>
    /// <param name="annualReturn">Compound annual growth rate.</param>
    /// <param name="maxDrawdown">Depth as a fraction, zero or negative.</param>
    public static double? Calmar(double? annualReturn, double? maxDrawdown) =>
        maxDrawdown is { } depth && depth < 0 ? annualReturn / Math.Abs(depth) : null;

    /// <summary>Omega ratio: what returns exceed a threshold by, over what they fall short of it; null without a shortfall.</summary>
    public static double? Omega(double[] returns, double threshold)
    {
        var above = 0.0;
        var below = 0.0;
        foreach (var value in returns)
        {
            above += Math.Max(0, value - threshold);
            below += Math.Max(0, threshold - value);
        }

        return below > 0 ? Sample.Finite(above / below) : null;
    }
}
