namespace AITrader.Inference.Client;

/// <summary>What came of asking for a forecast. A closed set: match it with a switch.</summary>
public abstract record ForecastOutcome
{
    private ForecastOutcome() { }

    /// <summary>A runner answered in time.</summary>
    /// <param name="Forecast">The answer.</param>
    public sealed record Answered(Forecast Forecast) : ForecastOutcome;

    /// <summary>No runner answered before the deadline.</summary>
    /// <param name="Deadline">The limit that passed.</param>
    /// <param name="Race">What each runner had done until then.</param>
    public sealed record Late(TimeSpan Deadline, IReadOnlyList<RaceLeg> Race) : ForecastOutcome;

    /// <summary>Every runner failed, or refused the request.</summary>
    /// <param name="Reason">One line for a log or an operator.</param>
    /// <param name="Race">What each runner did.</param>
    public sealed record Failed(string Reason, IReadOnlyList<RaceLeg> Race) : ForecastOutcome;
}

/// <summary>A forecast and where it came from.</summary>
/// <param name="Values">The coming prices, nearest first.</param>
/// <param name="Provenance">Who computed it, and how long that took.</param>
public sealed record Forecast(IReadOnlyList<double> Values, ForecastProvenance Provenance);

/// <summary>Who computed a forecast.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Version">Its version.</param>
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

/// <summary>What one runner did in one race.</summary>
/// <param name="Runner">Its resource name, e.g. <c>onnx-runner</c>.</param>
/// <param name="Fate">How its part ended.</param>
/// <param name="Latency">From the start of its attempt to its end.</param>
/// <param name="Detail">Status or error of a failed attempt.</param>
public sealed record RaceLeg(string Runner, LegFate Fate, TimeSpan Latency, string? Detail = null);

/// <summary>How a runner's part in a race ended.</summary>
public enum LegFate
{
    /// <summary>Its answer came; the first such leg is the winner.</summary>
    Answered,

    /// <summary>Called off, because the other was first or the deadline had passed.</summary>
    Cancelled,

    /// <summary>Unreachable, timed out, or answered with an error.</summary>
    Failed,
}
