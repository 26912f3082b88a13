namespace AITrader.Strategies.Forecasts;

/// <summary>Holt's linear exponential smoothing with a damped trend: level and slope, both smoothed.</summary>
/// <remarks>Source: C. Holt, 1957; damping: E. Gardner and E. McKenzie, Forecasting trends in time series, 1985.</remarks>
/// <param name="level">Weight of the newest value in the level; above 0, up to 1.</param>
/// <param name="trend">Weight of the newest slope in the trend; from 0 to 1.</param>
/// <param name="damping">Part of the trend that is left a step later; above 0, up to 1.</param>
public sealed class HoltForecaster(double level = 0.3, double trend = 0.1, double damping = 0.9) : IForecaster
{
    /// <inheritdoc/>
    public int MinLength => 2;

    /// <inheritdoc/>
    public double? Forecast(ReadOnlySpan<double> values, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, MinLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var (mean, slope) = (values[0], values[1] - values[0]);
        foreach (var value in values[1..])
        {
            var before = mean;
            mean = (level * value) + ((1 - level) * (mean + (damping * slope)));
            slope = (trend * (mean - before)) + ((1 - trend) * damping * slope);
        }

        var (ahead, part) = (0.0, 1.0);
        for (var step = 0; step < steps; step++)
        {
            part *= damping;
            ahead += part;
        }

        var forecast = mean + (ahead * slope);
        return double.IsFinite(forecast) ? forecast : null;
    }
}
