namespace AITrader.Contracts.Messages;

/// <summary>A wake-up for the workers: the job itself is a row in PostgreSQL. On <see cref="StreamNames.Jobs"/> of its type.</summary>
public sealed record JobMessage
{
    /// <summary>Id of the row in <c>jobs</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary>Job type; names the stream.</summary>
    public required string Type { get; init; }

    /// <summary>W3C traceparent.</summary>
    public string Trace { get; init; } = string.Empty;
}
