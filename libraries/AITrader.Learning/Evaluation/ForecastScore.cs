namespace AITrader.Learning.Evaluation;

/// <summary>How good the forecast of one series was.</summary>
/// <param name="Smape">Percent, 0 to 200.</param>
/// <param name="Mase">Ratio, from 0; null where history gives no scale.</param>
public sealed record ForecastScore(double Smape, double? Mase)
{
    /// <summary>Scores a forecast.</summary>
    /// <param name="history">The series before the forecast, in order of time.</param>
    /// <param name="actual">What came.</param>
    /// <param name="forecast">What was forecast; as long.</param>
    /// <param name="period">Steps of a season, from 1.</param>
    /// <exception cref="ArgumentException">A value is not finite, there are none, or lengths differ.</exception>
    public static ForecastScore Of(
        ReadOnlySpan<double> history,
        ReadOnlySpan<double> actual,
        ReadOnlySpan<double> forecast,
        int period = 1
    ) => new(ForecastErrors.Smape(actual, forecast), ForecastErrors.Mase(history, actual, forecast, period));
}
