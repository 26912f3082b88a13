namespace AITrader.Learning.Evaluation;

/// <summary>Forecasts that need no training. A model that does not beat them has learnt nothing.</summary>
/// <remarks>
/// History is in order of time; the answer has one value for each step of the horizon, in the unit of history. A history
/// without values or with values that are not finite, and one that is too short, is an <see cref="ArgumentException"/>; a horizon, period
/// or span below 1 an <see cref="ArgumentOutOfRangeException"/>. Source: the competition's own program, "Benchmarks and Evaluation.R" of
/// Mcompetitions/M4-methods.
/// </remarks>
public static class Baselines
{
    /// <summary>The last value, repeated.</summary>
    /// <param name="history">At least one value.</param>
    /// <param name="horizon">Steps to forecast.</param>
    public static double[] Persistence(ReadOnlySpan<double> history, int horizon)
    {
        Require(history, horizon);
        return Repeated(history[^1], horizon);
    }

    /// <summary>The last season, repeated.</summary>
    /// <param name="history">At least one season.</param>
    /// <param name="horizon">Steps to forecast.</param>
    /// <param name="period">Steps of a season; of one step the forecast is persistence.</param>
    public static double[] SeasonalNaive(ReadOnlySpan<double> history, int horizon, int period)
    {
        Require(history, horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period);
        SeriesRules.RequireAtLeast(history, period, $"a season of {period} steps", nameof(history));
        var season = history[^period..];
        var forecast = new double[horizon];
        for (var step = 0; step < horizon; step++)
        {
            forecast[step] = season[step % period];
        }

        return forecast;
    }

    /// <summary>M4's benchmark: persistence of the seasonally adjusted series, with the season put back.</summary>
    /// <param name="history">At least one value; all above zero where the period is above 1, for the season is a factor.</param>
    /// <param name="horizon">Steps to forecast.</param>
    /// <param name="period">Steps of a season; M4 takes 1 for yearly, weekly and daily, 4, 12 and 24 for quarterly, monthly and hourly
    /// series.</param>
    /// <remarks>A series that shows no season (<see cref="SeasonalAdjustment.IsSeasonal"/>) is not adjusted.</remarks>
    public static double[] Naive2(ReadOnlySpan<double> history, int horizon, int period)
    {
        Require(history, horizon);
        var adjustment = SeasonalAdjustment.Of(history, period);
        return adjustment.Restore(Repeated(adjustment.Adjusted[^1], horizon));
    }

    /// <summary>M4's SES: simple exponential smoothing of the seasonally adjusted series, with the season put back.</summary>
    /// <param name="history">At least one value; all above zero where the period is above 1.</param>
    /// <param name="horizon">Steps to forecast.</param>
    /// <param name="period">Steps of a season; of one step nothing is adjusted.</param>
    /// <remarks>Weight and first level are those of the least squared error in history: <see cref="ExponentialSmoothing"/>.</remarks>
    public static double[] SimpleSmoothing(ReadOnlySpan<double> history, int horizon, int period = 1)
    {
        Require(history, horizon);
        var adjustment = SeasonalAdjustment.Of(history, period);
        return adjustment.Restore(Repeated(ExponentialSmoothing.Fit(adjustment.Adjusted).Level, horizon));
    }

    /// <summary>The last value of the exponential moving average, repeated.</summary>
    /// <param name="history">At least a span of values.</param>
    /// <param name="horizon">Steps to forecast.</param>
    /// <param name="span">Steps of the average: a new value weighs 2 / (span + 1).</param>
    /// <remarks>The first average is the plain mean of the first span of values, as in the house's indicators.</remarks>
    public static double[] ExponentialAverage(ReadOnlySpan<double> history, int horizon, int span)
    {
        Require(history, horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(span);
        SeriesRules.RequireAtLeast(history, span, $"a span of {span} steps", nameof(history));
        var average = 0.0;
        for (var i = 0; i < span; i++)
        {
            average += history[i] / span;
        }

        var weight = 2 / (span + 1.0);
        foreach (var value in history[span..])
        {
            average += weight * (value - average);
        }

        return Repeated(average, horizon);
    }

    private static double[] Repeated(double value, int horizon)
    {
        var forecast = new double[horizon];
        Array.Fill(forecast, value);
        return forecast;
    }

    private static void Require(ReadOnlySpan<double> history, int horizon)
    {
        SeriesRules.RequireFinite(history, nameof(history));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
    }
}
