namespace AITrader.Contracts.Messages;

/// <summary>A sentiment reading, on <see cref="StreamNames.Sentiment"/>.</summary>
public sealed record SentimentReading
{
    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Mood in [-1, 1].</summary>
    public required double Score { get; init; }

    /// <summary>Confidence in [0, 1].</summary>
    public required double Confidence { get; init; }

    /// <summary>Authenticity of the sources in [0, 1].</summary>
    public required double Authenticity { get; init; }

    /// <summary>Sources, comma separated.</summary>
    public required string Sources { get; init; }

    /// <summary>Names and versions of the models that read, comma separated; empty where unknown.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>Window that the reading covers.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}
