namespace AITrader.Inference.Client;

/// <summary>The outcome of a forecast request. A closed set: match it with a switch.</summary>
public abstract record ForecastOutcome
{
    private ForecastOutcome() { }

    /// <summary>A runner answered in time.</summary>
    /// <param name="Forecast">The answer.</param>
    public sealed record Answered(Forecast Forecast) : ForecastOutcome;

    /// <summary>No runner answered before the deadline.</summary>
    /// <param name="Deadline">The time limit that passed.</param>
    /// <param name="Race">The state of each runner when the limit passed.</param>
    public sealed record Late(TimeSpan Deadline, IReadOnlyList<RaceLeg> Race) : ForecastOutcome;

    /// <summary>Every runner failed, or refused the request.</summary>
    /// <param name="Reason">The reason in one line, for a log or an operator.</param>
    /// <param name="Race">The result of each runner.</param>
    public sealed record Failed(string Reason, IReadOnlyList<RaceLeg> Race) : ForecastOutcome;
}

/// <summary>A forecast and its provenance.</summary>
/// <param name="Values">The predicted prices, nearest first.</param>
/// <param name="Provenance">Model and runner that computed the forecast, and how long that took.</param>
public sealed record Forecast(IReadOnlyList<double> Values, ForecastProvenance Provenance);

/// <summary>The model and the runner that computed a forecast.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Version">Version of the model.</param>
/// <param name="Provider">The execution provider it ran on, e.g. <c>CPU</c>.</param>
/// <param name="Winner">The leg whose answer this is.</param>
/// <param name="Loser">The other leg; null where only one runner was asked.</param>
/// <param name="Latency">From the call to the parsed answer, repeats included.</param>
/// <param name="Rounds">Races run until one had a winner; 1 unless runners were down in a replay.</param>
/// <param name="Queue">Time the request waited inside the winner.</param>
/// <param name="Compute">Time the winner's model ran.</param>
public sealed record ForecastProvenance(
    string Model,
    string Version,
    string Provider,
    RaceLeg Winner,
    RaceLeg? Loser,
    TimeSpan Latency,
    int Rounds,
    TimeSpan Queue,
    TimeSpan Compute
);

/// <summary>The part of one runner in a race.</summary>
/// <param name="Runner">Resource name of the runner, e.g. <c>onnx-runner</c>.</param>
/// <param name="Fate">How the attempt of the runner ended.</param>
/// <param name="Latency">From the start of its attempt to its end.</param>
/// <param name="Detail">Status or error of a failed attempt.</param>
public sealed record RaceLeg(string Runner, LegFate Fate, TimeSpan Latency, string? Detail = null);

/// <summary>How the attempt of a runner in a race ended.</summary>
public enum LegFate
{
    /// <summary>The runner answered; the first such leg is the winner.</summary>
    Answered,

    /// <summary>The attempt was cancelled, because the other runner was first or the deadline had passed.</summary>
    Cancelled,

    /// <summary>The runner was unreachable, timed out, or answered with an error.</summary>
    Failed,
}
