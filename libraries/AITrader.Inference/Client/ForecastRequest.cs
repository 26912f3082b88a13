namespace AITrader.Inference.Client;

/// <summary>How long a caller waits for a forecast.</summary>
public enum ForecastPatience
{
    /// <summary>Live: an answer after <see cref="ForecastClientOptions.Deadline"/> is worth nothing.</summary>
    Deadline,

    /// <summary>Replay: asks again until a runner answers, so that results do not depend on wall-clock luck.</summary>
    UntilAnswered,
}

/// <summary>One series to forecast.</summary>
/// <param name="Prices">The window, oldest first; sent as 32-bit floats.</param>
public sealed record ForecastRequest(IReadOnlyList<double> Prices)
{
    /// <summary>The model's name in the repository; <c>persistence</c> unless set.</summary>
    public string Model { get; init; } = "persistence";

    /// <summary>Version or label; null lets the runner choose (its stable one).</summary>
    public string? Version { get; init; }

    /// <summary>Comes back in the runners' answer and logs, e.g. the id of the signal that asks.</summary>
    public string? Id { get; init; }

    /// <summary>How long to wait; a deadline unless set.</summary>
    public ForecastPatience Patience { get; init; } = ForecastPatience.Deadline;
}
