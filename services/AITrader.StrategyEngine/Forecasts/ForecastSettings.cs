namespace AITrader.StrategyEngine.Forecasts;

/// <summary>Which model forecasts, and how long its last good forecast may stand in for a late one.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="CachedLife">Live only: age from which a cached forecast is not used.</param>
internal sealed record ForecastSettings(string Model, TimeSpan CachedLife);
