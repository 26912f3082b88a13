namespace AITrader.Strategies.Forecasts;

/// <summary>Says where a series goes.</summary>
public interface IForecaster
{
    /// <summary>Values that it needs at least.</summary>
    int MinLength { get; }

    /// <summary>The value so many steps ahead.</summary>
    /// <param name="values">Values up to now, the newest last; at least <see cref="MinLength"/>.</param>
    /// <param name="steps">Steps ahead, from 1.</param>
    /// <returns>The forecast; null where there is none.</returns>
    double? Forecast(ReadOnlySpan<double> values, int steps);
}
