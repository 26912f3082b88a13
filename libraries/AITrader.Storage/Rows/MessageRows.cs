using AITrader.Storage.Outbox;

namespace AITrader.Storage.Rows;

/// <summary>A message that is committed with its cause and still has to be published.</summary>
public sealed class OutboxRow
{
    /// <summary>Message identity: the same at every publication.</summary>
    public required Guid Id { get; set; }

    /// <summary>Order of publication; assigned by the database.</summary>
    public long Position { get; set; }

    /// <summary>The service whose relay publishes it.</summary>
    public required string Source { get; set; }

    /// <summary>Stream that it goes to.</summary>
    public required string Stream { get; set; }

    /// <summary>Type of the message, as <see cref="OutboxMessages"/> names it.</summary>
    public required string Kind { get; set; }

    /// <summary>The fields of the entry as a JSON object of strings.</summary>
    public required string Payload { get; set; }

    /// <summary>Wall clock of the write.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Wall clock of the publication; null while pending.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>How often it was published again, because it had no effect.</summary>
    public int Attempts { get; set; }
}

/// <summary>A message that one consumer has handled.</summary>
public sealed class InboxRow
{
    /// <summary>Message identity.</summary>
    public required string MessageId { get; set; }

    /// <summary>Consumer group or service.</summary>
    public required string Consumer { get; set; }

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset HandledAt { get; set; }
}
