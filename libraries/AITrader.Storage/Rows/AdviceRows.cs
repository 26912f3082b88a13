namespace AITrader.Storage.Rows;

/// <summary>A reading of the sentiment of one symbol, as it came.</summary>
public sealed class SentimentReadingRow
{
    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>Order of arrival.</summary>
    public long Position { get; set; }

    /// <summary>Sentiment in [-1, 1].</summary>
    public required double Score { get; set; }

    /// <summary>Confidence in [0, 1].</summary>
    public required double Confidence { get; set; }

    /// <summary>Authenticity of the sources in [0, 1].</summary>
    public required double Authenticity { get; set; }

    /// <summary>Sources, comma separated.</summary>
    public string Sources { get; set; } = string.Empty;

    /// <summary>Names and versions of the models that read, comma separated; empty where unknown.</summary>
    public string Model { get; set; } = string.Empty;

    /// <summary>Wall clock of the write.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}

/// <summary>Tokens that advice has used on one day.</summary>
public sealed class AdviceDayRow
{
    /// <summary>Day, UTC.</summary>
    public required DateOnly Day { get; set; }

    /// <summary>Tokens used, and those taken for calls that have not ended.</summary>
    public required long Tokens { get; set; }
}
