namespace AITrader.Learning.Evaluation;

/// <summary>Measures of one series' forecast. Actual and forecast values are pairs, in order of time, of one length.</summary>
/// <remarks>
/// What is undefined is null, never NaN. Values that are not finite, no values, and lengths that differ are an
/// <see cref="ArgumentException"/>. Source: Makridakis, Spiliotis and Assimakopoulos, The M4 Competition: 100,000 time series and 61
/// forecasting methods (2020).
/// </remarks>
public static class ForecastErrors
{
    /// <summary>Symmetric mean absolute percentage error: mean of 200·|y - f| / (|y| + |f|).</summary>
    /// <param name="actual">What came: y.</param>
    /// <param name="forecast">What was forecast: f.</param>
    /// <returns>Percent, 0 to 200. A pair of which both are zero counts as zero.</returns>
    public static double Smape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        SeriesRules.RequirePair(actual, nameof(actual), forecast, nameof(forecast));
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            sum += SmapeTerm(actual[i], forecast[i]);
        }

        return sum / actual.Length;
    }

    /// <summary>Mean absolute percentage error: mean of 100·|y - f| / |y|.</summary>
    /// <param name="actual">What came: y.</param>
    /// <param name="forecast">What was forecast: f.</param>
    /// <returns>Percent, from 0; null where an actual value is zero, or so near to it that the quotient is not finite.</returns>
    public static double? Mape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        SeriesRules.RequirePair(actual, nameof(actual), forecast, nameof(forecast));
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            // A zero makes the sum infinite, or NaN where the forecast is zero too: null either way.
            sum += 100 * Math.Abs((actual[i] - forecast[i]) / actual[i]);
        }

        return SeriesRules.Finite(sum / actual.Length);
    }

    /// <summary>Mean absolute scaled error: mean |y - f| over the mean absolute error of the seasonal naive forecast of history.</summary>
    /// <param name="history">The series before the forecast, in order of time.</param>
    /// <param name="actual">What came: y.</param>
    /// <param name="forecast">What was forecast: f.</param>
    /// <param name="period">Steps of a season, from 1; M4 takes 1 for weekly and daily series, 24 for hourly ones.</param>
    /// <returns>A ratio, from 0; null where history is no longer than a period, or repeats itself every period (scale zero).</returns>
    /// <remarks>Source of the scale: Hyndman and Koehler, Another look at measures of forecast accuracy (2006).</remarks>
    public static double? Mase(ReadOnlySpan<double> history, ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, int period = 1)
    {
        SeriesRules.RequireFinite(history, nameof(history));
        SeriesRules.RequirePair(actual, nameof(actual), forecast, nameof(forecast));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period);
        if (history.Length <= period)
        {
            return null;
        }

        var scale = NaiveError(history, period);
        return scale > 0 ? SeriesRules.Finite(MeanAbsoluteDifference(actual, forecast) / scale) : null;
    }

    /// <summary>What MASE is measured in: mean absolute error of the seasonal naive forecast, in a history longer than a period.</summary>
    internal static double NaiveError(ReadOnlySpan<double> history, int period) =>
        MeanAbsoluteDifference(history[period..], history[..^period]);

    // Divided by the larger of the two first, so that no sum of large values overflows.
    private static double SmapeTerm(double actual, double forecast)
    {
        var largest = Math.Max(Math.Abs(actual), Math.Abs(forecast));
        return largest == 0
            ? 0
            : 200 * Math.Abs((actual / largest) - (forecast / largest)) / (Math.Abs(actual / largest) + Math.Abs(forecast / largest));
    }

    private static double MeanAbsoluteDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var sum = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            sum += Math.Abs(first[i] - second[i]);
        }

        return sum / first.Length;
    }
}
