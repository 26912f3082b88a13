namespace AITrader.StrategyEngine.Sentiment;

/// <summary>The sentiment as stored with a decision.</summary>
/// <param name="State">present or absent.</param>
/// <param name="Reason">What it rests on, or why there is none.</param>
internal sealed record SentimentTrace(string State, string Reason)
{
    public string? Sources { get; init; }

    /// <summary>Names and versions of the models that read; empty where unknown.</summary>
    public string? Model { get; init; }

    /// <summary>Event time of the reading.</summary>
    public DateTimeOffset? At { get; init; }
}
