namespace AITrader.Inference.Client;

/// <summary>How long the caller waits for a forecast.</summary>
public enum ForecastWait
{
    /// <summary>For live trading: an answer after <see cref="ForecastClientOptions.Deadline"/> is useless.</summary>
    Deadline,

    /// <summary>For a replay: the client retries until a runner answers, so that results do not depend on the wall clock.</summary>
    UntilAnswered,
}

/// <summary>A request to forecast one series of prices.</summary>
/// <param name="Prices">The window, oldest first; sent as 32-bit floats.</param>
public sealed record ForecastRequest(IReadOnlyList<double> Prices)
{
    /// <summary>The model's name in the repository; <c>persistence</c> unless set.</summary>
    public string Model { get; init; } = "persistence";

    /// <summary>Version or label; null lets the runner choose (its stable one).</summary>
    public string? Version { get; init; }

    /// <summary>Id that the answer and the logs of the runners repeat, e.g. the id of the signal that asks.</summary>
    public string? Id { get; init; }

    /// <summary>The instrument: where versions share the traffic, it decides which one answers, on every runner alike.</summary>
    public string? Symbol { get; init; }

    /// <summary>How long to wait; a deadline unless set.</summary>
    public ForecastWait Wait { get; init; } = ForecastWait.Deadline;
}
