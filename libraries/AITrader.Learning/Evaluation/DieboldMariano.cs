using MathNet.Numerics.Distributions;

namespace AITrader.Learning.Evaluation;

/// <summary>What an error of a forecast costs.</summary>
public enum ForecastLoss
{
    /// <summary>Its square.</summary>
    Squared,

    /// <summary>Its absolute value.</summary>
    Absolute,
}

/// <summary>Test of equal accuracy of two forecasts of one series.</summary>
/// <remarks>
/// Sources: Diebold and Mariano, Comparing predictive accuracy (1995); Harvey, Leybourne and Newbold, Testing the equality of prediction
/// mean squared errors (1997), of which the correction for small samples is. Figures are those of <c>dm.test</c> of R's package forecast.
/// The test assumes that the difference of losses is stationary; of many models that are tried, the best passes by chance.
/// </remarks>
public static class DieboldMariano
{
    // Differences that differ only by the rounding of doubles.
    private const double RelativeRounding = 1e-12;

    /// <summary>Tests two forecasts.</summary>
    /// <param name="first">Errors of the first forecast, in order of time.</param>
    /// <param name="second">Errors of the second at the same times.</param>
    /// <param name="horizon">Steps ahead that both forecast, from 1: errors of h steps ahead overlap, and are correlated up to lag
    /// h - 1.</param>
    /// <param name="loss">What an error costs.</param>
    /// <returns>A result without statistic and probabilities where there is nothing to test: its outcome says why.</returns>
    /// <exception cref="ArgumentException">An error, or its loss, is not finite, there are none, or lengths differ.</exception>
    public static DieboldMarianoResult Test(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        int horizon = 1,
        ForecastLoss loss = ForecastLoss.Squared
    )
    {
        SeriesRules.RequirePair(first, nameof(first), second, nameof(second));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        var differences = Differences(first, second, loss);
        var mean = Mean(differences);
        if (differences.Length < 2 || differences.Length <= horizon)
        {
            return Untested(DieboldMarianoOutcome.TooFewObservations, differences, mean);
        }

        if (Array.TrueForAll(differences, static difference => difference == 0))
        {
            return Untested(DieboldMarianoOutcome.NoDifference, differences, mean);
        }

        var covariances = Autocovariances.Of(differences, horizon - 1);
        if (IsRounding(covariances[0], differences))
        {
            return Untested(DieboldMarianoOutcome.ConstantDifference, differences, mean);
        }

        // The sum of autocovariances that are cut off at a lag may be negative. R then tests as if for one step ahead; so does this.
        var variance = covariances[0] + (2 * covariances.Skip(1).Sum());
        return variance > 0
            ? Tested(DieboldMarianoOutcome.Tested, differences.Length, mean, variance, horizon)
            : Tested(DieboldMarianoOutcome.TestedAsOneStep, differences.Length, mean, covariances[0], 1);
    }

    private static DieboldMarianoResult Tested(DieboldMarianoOutcome outcome, int n, double mean, double variance, int h)
    {
        // (n + 1 - 2h + h(h - 1)/n) / n, of which the numerator is (n - h)(n - h + 1)/n: above zero of more observations than steps.
        var correction = Math.Sqrt((n + 1 - (2.0 * h) + (h * (h - 1.0) / n)) / n);
        var statistic = correction * mean / Math.Sqrt(variance / n);
        var below = StudentT.CDF(0, 1, n - 1, statistic);
        var beyond = 2 * StudentT.CDF(0, 1, n - 1, -Math.Abs(statistic));
        return new DieboldMarianoResult(outcome, n, mean, statistic, beyond, below);
    }

    private static DieboldMarianoResult Untested(DieboldMarianoOutcome outcome, double[] differences, double mean) =>
        new(outcome, differences.Length, mean, null, null, null);

    private static double[] Differences(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ForecastLoss loss)
    {
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = Cost(first[i], loss) - Cost(second[i], loss);
            if (!double.IsFinite(differences[i]))
            {
                throw new ArgumentException($"the loss of error {i} is not a finite number", nameof(first));
            }
        }

        return differences;
    }

    private static double Cost(double error, ForecastLoss loss) =>
        loss switch
        {
            ForecastLoss.Squared => error * error,
            ForecastLoss.Absolute => Math.Abs(error),
            _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "is not a loss"),
        };

    private static double Mean(double[] values)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        return mean;
    }

    private static bool IsRounding(double variance, double[] values)
    {
        var largest = values.Max(Math.Abs);
        return Math.Sqrt(variance) <= RelativeRounding * largest;
    }
}
