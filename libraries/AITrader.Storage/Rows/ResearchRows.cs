using NpgsqlTypes;

namespace AITrader.Storage.Rows;

/// <summary>Result of one backtest.</summary>
public sealed class BacktestRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; set; }

    /// <summary>Job that ran it.</summary>
    public required Guid JobId { get; set; }

    /// <summary>Statistics as JSON.</summary>
    public string Metrics { get; set; } = "{}";

    /// <summary>File of the equity series.</summary>
    public string? TimeseriesPath { get; set; }

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A bar of one instrument.</summary>
public sealed class BarRow
{
    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Length in seconds.</summary>
    public required int Seconds { get; set; }

    /// <summary>Event time of its beginning.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>First price.</summary>
    public required decimal Open { get; set; }

    /// <summary>Highest price.</summary>
    public required decimal High { get; set; }

    /// <summary>Lowest price.</summary>
    public required decimal Low { get; set; }

    /// <summary>Last price.</summary>
    public required decimal Close { get; set; }

    /// <summary>Volume.</summary>
    public decimal Volume { get; set; }

    /// <summary>Trades.</summary>
    public long Trades { get; set; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; set; } = string.Empty;
}

/// <summary>A model of the repository.</summary>
public sealed class ModelRow
{
    /// <summary>Name, unique.</summary>
    public required string Name { get; set; }

    /// <summary>forecast, pattern, sentiment …</summary>
    public required string Task { get; set; }

    /// <summary>What it is.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A version of a model.</summary>
public sealed class ModelVersionRow
{
    /// <summary>Model.</summary>
    public required string Model { get; set; }

    /// <summary>Version, from 1.</summary>
    public required int Version { get; set; }

    /// <summary>SHA-256 of the file, hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>candidate, active or retired.</summary>
    public string State { get; set; } = "candidate";

    /// <summary>Scores of its evaluation, as JSON.</summary>
    public string Metrics { get; set; } = "{}";

    /// <summary>Hash of the data that it was trained with; empty where nothing is known.</summary>
    public string DataVersion { get; set; } = string.Empty;

    /// <summary>Version of the code that trained it; empty where nothing is known.</summary>
    public string Code { get; set; } = string.Empty;

    /// <summary>The newest version when this one was trained.</summary>
    public int? Previous { get; set; }

    /// <summary>All that is known of it, as JSON.</summary>
    public string Card { get; set; } = "{}";

    /// <summary>When it was trained, or found where that is not known.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A text that can be retrieved.</summary>
public sealed class DocumentRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; set; }

    /// <summary>Where it came from.</summary>
    public required string Source { get; set; }

    /// <summary>Instrument that it is about, where known.</summary>
    public string? Symbol { get; set; }

    /// <summary>Title.</summary>
    public required string Title { get; set; }

    /// <summary>Text.</summary>
    public required string Body { get; set; }

    /// <summary>Address, where it has one.</summary>
    public string? Url { get; set; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset PublishedAt { get; set; }

    /// <summary>Wall clock of the write.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Words of title and body; computed by the database.</summary>
    public NpgsqlTsVector SearchVector { get; set; } = null!;
}

/// <summary>One scored item behind a sentiment reading.</summary>
public sealed class SentimentItemRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; set; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Where it came from.</summary>
    public required string Source { get; set; }

    /// <summary>Text that was scored.</summary>
    public required string Text { get; set; }

    /// <summary>Sentiment in [-1, 1].</summary>
    public required double Score { get; set; }

    /// <summary>Confidence in [0, 1].</summary>
    public required double Confidence { get; set; }

    /// <summary>Authenticity of the item in [0, 1], as it was when it was read.</summary>
    public required double Authenticity { get; set; }

    /// <summary>Event time: when it was published.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>The source's own id of the item.</summary>
    public string ExternalId { get; set; } = string.Empty;

    /// <summary>SHA-256 of what the item says, in hexadecimal digits; empty in rows of before there was one.</summary>
    public string ContentHash { get; set; } = string.Empty;

    /// <summary>How much of the item is about the symbol, in [0, 1].</summary>
    public double Relevance { get; set; } = 1;

    /// <summary>What else is known of the item (sort, publisher, author, address, title), as JSON.</summary>
    public string Facts { get; set; } = "{}";

    /// <summary>Reasons of the authenticity, as JSON.</summary>
    public string Reasons { get; set; } = "[]";

    /// <summary>When it became known; null in rows of before.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    /// <summary>When a model read it; null while none has.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Name and version of the model; empty where none could read it.</summary>
    public string Model { get; set; } = string.Empty;
}
