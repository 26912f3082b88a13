using AITrader.Trading.Risk;
using AITrader.Trading.Statistics;
using MathNet.Numerics.Statistics;

namespace AITrader.Trading.Sizing;

/// <summary>A position, held or new.</summary>
/// <param name="Weight">Signed part of the equity; negative short.</param>
/// <param name="Returns">Returns of its symbol, over the same periods as those of the others, oldest first.</param>
public sealed record WeightedReturns(double Weight, IReadOnlyList<double> Returns);

/// <summary>Bounds of what is held together.</summary>
/// <param name="MaxVolatility">Highest annual volatility of the portfolio.</param>
/// <param name="PeriodsPerYear">Periods of the returns in a year.</param>
public sealed record CorrelationLimits(double MaxVolatility, double PeriodsPerYear)
{
    /// <summary>Highest correlation of a new position with what is held, signs included; 1, which is never exceeded.</summary>
    public double MaxCorrelation { get; init; } = 1;

    /// <summary>Fewest returns that say anything; 20.</summary>
    public int MinReturns { get; init; } = 20;

    internal bool AreSound => MaxVolatility > 0 && PeriodsPerYear is > 0 and < double.PositiveInfinity && MaxCorrelation > -1;
}

/// <summary>Scales or refuses a new position by how its returns move with what is held.</summary>
/// <remarks>What lowers the portfolio's volatility is a hedge, and never refused. Pure.</remarks>
public static class CorrelationExposure
{
    /// <summary>The largest part s of the new position with which the volatility is at most max(cap, volatility without it).</summary>
    /// <remarks>With p the returns of what is held, each by its weight, and n those of the new position by its: the variance is
    /// a s² + 2 b s + c, where a = var(n), b = cov(n, p), c = var(p), so s is the larger root, and 1 at most.</remarks>
    public static ExposureOutcome Of(WeightedReturns candidate, IReadOnlyList<WeightedReturns> held, CorrelationLimits limits)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(limits);
        if (!limits.AreSound)
        {
            return Refused(
                SizeCodes.InputInvalid,
                ("max_volatility", limits.MaxVolatility),
                ("periods", limits.PeriodsPerYear),
                ("max_correlation", limits.MaxCorrelation)
            );
        }

        if (!AreComparable(candidate, held, limits))
        {
            return Refused(SizeCodes.ReturnsInvalid, ("returns", candidate.Returns.Count), ("min", limits.MinReturns));
        }

        double[] added = [.. candidate.Returns.Select(value => value * candidate.Weight)];
        var portfolio = new double[added.Length];
        foreach (var position in held)
        {
            for (var i = 0; i < portfolio.Length; i++)
            {
                portfolio[i] += position.Weight * position.Returns[i];
            }
        }

        return Fit(added, portfolio, limits);
    }

    private static ExposureOutcome Fit(double[] added, double[] portfolio, CorrelationLimits limits)
    {
        var (a, b, c) = (
            ArrayStatistics.Variance(added),
            ArrayStatistics.Covariance(added, portfolio),
            ArrayStatistics.Variance(portfolio)
        );
        double? correlation =
            Sample.Spread(added) is { } left && Sample.Spread(portfolio) is { } right ? Math.Clamp(b / (left * right), -1, 1) : null;
        if (correlation > limits.MaxCorrelation)
        {
            return Refused(SizeCodes.Correlated, ("correlation", correlation), ("max", limits.MaxCorrelation));
        }

        var most = Math.Max(limits.MaxVolatility * limits.MaxVolatility / limits.PeriodsPerYear, c);
        var part = a + (2 * b) + c <= most ? 1 : LargerRoot(a, b, c - most);
        return part > 0
            ? new ExposureOutcome.Fits(part, Annual(c, limits), Annual((a * part * part) + (2 * b * part) + c, limits), correlation)
            : Refused(
                SizeCodes.TooVolatile,
                ("before", Annual(c, limits)),
                ("with", Annual(a + (2 * b) + c, limits)),
                ("max", limits.MaxVolatility)
            );
    }

    // The variance is above the bound at 1 and, as rest <= 0, not above it at 0: the root lies between them.
    private static double LargerRoot(double a, double b, double rest) =>
        Math.Clamp((-b + Math.Sqrt(Math.Max(0, (b * b) - (a * rest)))) / a, 0, 1);

    private static double Annual(double variance, CorrelationLimits limits) => Math.Sqrt(Math.Max(0, variance) * limits.PeriodsPerYear);

    private static bool AreComparable(WeightedReturns candidate, IReadOnlyList<WeightedReturns> held, CorrelationLimits limits) =>
        candidate.Returns.Count >= Math.Max(2, limits.MinReturns)
        && held.Append(candidate)
            .All(position =>
                double.IsFinite(position.Weight)
                && position.Returns.Count == candidate.Returns.Count
                && position.Returns.All(static value => double.IsFinite(value))
            );

    private static ExposureOutcome.Refused Refused(string code, params ReadOnlySpan<(string Key, object? Value)> context) =>
        new(Denial.Of(code, context));
}
