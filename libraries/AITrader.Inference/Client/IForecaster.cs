namespace AITrader.Inference.Client;

/// <summary>Asks the inference services for a forecast.</summary>
public interface IForecaster
{
    /// <summary>Races the runners for one forecast; safe to call from many threads.</summary>
    /// <param name="request">What to forecast, and how long to wait for it.</param>
    /// <param name="cancellationToken">Cancels the request on both runners.</param>
    /// <returns>The answer, or why there is none; an unreachable runner is an outcome, not an exception.</returns>
    Task<ForecastOutcome> ForecastAsync(ForecastRequest request, CancellationToken cancellationToken);
}
