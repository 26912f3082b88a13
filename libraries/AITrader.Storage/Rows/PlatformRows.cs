namespace AITrader.Storage.Rows;

/// <summary>A background job; the row is the record, the stream only wakes a worker.</summary>
public sealed class JobRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; set; }

    /// <summary>What is to be done.</summary>
    public required string Type { get; set; }

    /// <summary>One of <see cref="JobStatuses"/>.</summary>
    public string Status { get; set; } = JobStatuses.Queued;

    /// <summary>Parameters as JSON.</summary>
    public string Payload { get; set; } = "{}";

    /// <summary>Result as JSON; while it runs, how far it is; null before.</summary>
    public string? Result { get; set; }

    /// <summary>What made it fail.</summary>
    public string? Error { get; set; }

    /// <summary>Wall clock of the request.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Wall clock of the start of the last attempt.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Wall clock of the end.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Attempts begun.</summary>
    public int Attempts { get; set; }

    /// <summary>Until when the worker that runs it has it; a later time means that the worker died.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When it was asked to end; null where it was not.</summary>
    public DateTimeOffset? CancelAskedAt { get; set; }
}

/// <summary>States of a job.</summary>
public static class JobStatuses
{
    /// <summary>Waiting for a worker.</summary>
    public const string Queued = "queued";

    /// <summary>A worker has it.</summary>
    public const string Running = "running";

    /// <summary>Done, with a result.</summary>
    public const string Completed = "completed";

    /// <summary>Given up, with an error.</summary>
    public const string Failed = "failed";

    /// <summary>Ended on request.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Queued, Running, Completed, Failed, Cancelled];
}

/// <summary>A user who may sign in.</summary>
public sealed class UserRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; set; }

    /// <summary>Unique name.</summary>
    public required string Username { get; set; }

    /// <summary>viewer, trader or admin.</summary>
    public string Role { get; set; } = "trader";

    /// <summary>Hash by PasswordHasher; null for one who signs in by code only.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A code that signs its user in once; only its hash is kept.</summary>
public sealed class SignInCodeRow
{
    /// <summary>SHA-256 of the code.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Whom it signs in.</summary>
    public required Guid UserId { get; set; }

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Wall clock from which it is no longer accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>Who changed what, when.</summary>
public sealed class AuditEventRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; set; }

    /// <summary>What happened, such as auth.sign_in.</summary>
    public required string EventType { get; set; }

    /// <summary>Who did it; null for the system.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Kind of thing that changed.</summary>
    public required string EntityType { get; set; }

    /// <summary>Which one.</summary>
    public required string EntityId { get; set; }

    /// <summary>What changed, as JSON.</summary>
    public string Changes { get; set; } = "{}";

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset Timestamp { get; set; }
}

/// <summary>A switch that operators set.</summary>
public sealed class FeatureFlagRow
{
    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>On or off.</summary>
    public bool Enabled { get; set; }

    /// <summary>What it does.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>Wall clock of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
