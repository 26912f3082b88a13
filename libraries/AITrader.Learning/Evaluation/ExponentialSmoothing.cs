namespace AITrader.Learning.Evaluation;

/// <summary>Simple exponential smoothing: level += alpha·(value - level).</summary>
/// <param name="Alpha">Weight of a new value, 0.0001 to 0.9999.</param>
/// <param name="FirstLevel">Level before the first value.</param>
/// <param name="Level">Level after the last value: the forecast of all steps that follow.</param>
/// <param name="MeanSquaredError">Of the forecasts one step ahead, over the series.</param>
/// <remarks>
/// Alpha and the first level are those of the least squared error, as R's <c>ses</c> chooses them, with its bounds of alpha. The
/// best first level for an alpha is a formula, so only alpha is searched: on a grid, since the error may have several minima, and between
/// the neighbours of the grid's best. R searches both at once from one guess, and may stop elsewhere.
/// </remarks>
public sealed record ExponentialSmoothing(double Alpha, double FirstLevel, double Level, double MeanSquaredError)
{
    private const double LeastAlpha = 0.0001;
    private const double GreatestAlpha = 0.9999;
    private const int GridSteps = 50;
    private const double AlphaTolerance = 1e-6;
    private const double InverseGoldenRatio = 0.618_033_988_749_894_8;

    /// <summary>Fits a series.</summary>
    /// <param name="values">In order of time.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static ExponentialSmoothing Fit(ReadOnlySpan<double> values)
    {
        SeriesRules.RequireFinite(values, nameof(values));
        const double Step = (GreatestAlpha - LeastAlpha) / GridSteps;
        var best = With(values, LeastAlpha);
        for (var i = 1; i <= GridSteps; i++)
        {
            best = Better(best, With(values, LeastAlpha + (i * Step)));
        }

        return Narrowed(values, best, Math.Max(LeastAlpha, best.Alpha - Step), Math.Min(GreatestAlpha, best.Alpha + Step));
    }

    // Golden section; the best that was seen stays, so that a minimum at a bound is not lost.
    private static ExponentialSmoothing Narrowed(ReadOnlySpan<double> values, ExponentialSmoothing best, double from, double to)
    {
        var lower = With(values, to - ((to - from) * InverseGoldenRatio));
        var upper = With(values, from + ((to - from) * InverseGoldenRatio));
        while (to - from > AlphaTolerance)
        {
            best = Better(Better(best, lower), upper);
            if (lower.MeanSquaredError <= upper.MeanSquaredError)
            {
                to = upper.Alpha;
                upper = lower;
                lower = With(values, to - ((to - from) * InverseGoldenRatio));
            }
            else
            {
                from = lower.Alpha;
                lower = upper;
                upper = With(values, from + ((to - from) * InverseGoldenRatio));
            }
        }

        return best;
    }

    private static ExponentialSmoothing Better(ExponentialSmoothing one, ExponentialSmoothing other) =>
        other.MeanSquaredError < one.MeanSquaredError ? other : one;

    private static ExponentialSmoothing With(ReadOnlySpan<double> values, double alpha)
    {
        var level = BestFirstLevel(values, alpha);
        var first = level;
        var squares = 0.0;
        foreach (var value in values)
        {
            var error = value - level;
            squares += error * error;
            level += alpha * error;
        }

        return new ExponentialSmoothing(alpha, first, level, squares / values.Length);
    }

    // An error is what it would be of a first level at the first value, less (1 - alpha)^t of how far the first level is from there: least
    // squares of a line through the origin.
    private static double BestFirstLevel(ReadOnlySpan<double> values, double alpha)
    {
        var (level, weight) = (values[0], 1.0);
        var (products, weights) = (0.0, 0.0);
        foreach (var value in values)
        {
            var error = value - level;
            products += error * weight;
            weights += weight * weight;
            level += alpha * error;
            weight *= 1 - alpha;
        }

        return values[0] + (products / weights);
    }
}
