using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace AITrader.Trading.Statistics;

/// <summary>How sure a Sharpe ratio is. All ratios here are of one period, not of a year.</summary>
/// <remarks>Bailey and López de Prado, The Sharpe Ratio Efficient Frontier (2012) and The Deflated Sharpe Ratio (2014).</remarks>
public static class SharpeSignificance
{
    private const double EulerMascheroni = 0.577_215_664_901_532_9;

    /// <summary>Probabilistic Sharpe ratio of returns: the probability that the true ratio is above a benchmark's.</summary>
    /// <param name="returns">Returns.</param>
    /// <param name="riskFree">Risk-free rate a period: the probability is that of the ratio that is reported, of excess returns.</param>
    /// <param name="benchmark">Ratio to be above.</param>
    public static double? Probabilistic(double[] returns, double riskFree = 0, double benchmark = 0) =>
        RiskAdjustedStatistics.PeriodSharpe(returns, riskFree) is { } sharpe
            ? Probabilistic(sharpe, benchmark, returns.Length, returns.PopulationSkewness(), returns.PopulationKurtosis() + 3)
            : null;

    /// <summary>Φ((SR - SR*)·√(n - 1) / √(1 - γ₃·SR + (γ₄ - 1)/4·SR²)).</summary>
    /// <param name="sharpe">Observed ratio.</param>
    /// <param name="benchmark">Ratio to be above: SR*.</param>
    /// <param name="periods">Returns that it was observed over: n.</param>
    /// <param name="skewness">γ₃ of the returns.</param>
    /// <param name="kurtosis">γ₄ of the returns; 3 for the normal distribution, so not the excess.</param>
    /// <returns>Null of fewer than two returns, and where the variance of the estimate would not be positive.</returns>
    public static double? Probabilistic(double sharpe, double benchmark, int periods, double skewness, double kurtosis)
    {
        var variance = 1 - (skewness * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
        return periods < 2 || !(variance > 0)
            ? null
            : Sample.Finite(Normal.CDF(0, 1, (sharpe - benchmark) * Math.Sqrt(periods - 1) / Math.Sqrt(variance)));
    }

    /// <summary>Ratio to expect of the best of N trials without skill: √V·((1 - γ)·Φ⁻¹(1 - 1/N) + γ·Φ⁻¹(1 - 1/(N·e))).</summary>
    /// <param name="trials">Independent trials: N. Of one trial zero is expected.</param>
    /// <param name="variance">Variance of the trials' ratios: V.</param>
    public static double ExpectedMaximum(int trials, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(variance);
        return trials == 1
            ? 0
            : Math.Sqrt(variance)
                * (
                    ((1 - EulerMascheroni) * Normal.InvCDF(0, 1, 1 - (1.0 / trials)))
                    + (EulerMascheroni * Normal.InvCDF(0, 1, 1 - (1 / (trials * Math.E))))
                );
    }

    /// <summary>Deflated Sharpe ratio: the probability that the true ratio is above what the best of the trials would show without
    /// skill.</summary>
    /// <param name="returns">Returns of the trial that was chosen.</param>
    /// <param name="riskFree">Risk-free rate a period.</param>
    /// <param name="trials">Trials that were made, those thrown away included.</param>
    /// <param name="variance">Variance of their ratios.</param>
    public static double? Deflated(double[] returns, double riskFree, int trials, double variance) =>
        Probabilistic(returns, riskFree, ExpectedMaximum(trials, variance));
}
