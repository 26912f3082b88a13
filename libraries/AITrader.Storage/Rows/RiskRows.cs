namespace AITrader.Storage.Rows;

/// <summary>Limits of the account, of a strategy or of a symbol.</summary>
public sealed class RiskLimitRow
{
    /// <summary>One of <see cref="RiskScopes"/>.</summary>
    public required string Scope { get; set; }

    /// <summary>Strategy or symbol; empty for the account.</summary>
    public required string Name { get; set; }

    /// <summary>Numbers by name, as a JSON object; what has no number bounds nothing.</summary>
    public required string Limits { get; set; }

    /// <summary>Grows with each change.</summary>
    public required int Version { get; set; }

    /// <summary>Who changed it last; null where unknown.</summary>
    public Guid? UpdatedBy { get; set; }

    /// <summary>Wall clock of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A change that raises a limit and waits for its confirmation.</summary>
public sealed class RiskProposalRow
{
    /// <summary>Names it in its confirmation.</summary>
    public required Guid Id { get; set; }

    /// <summary>One of <see cref="RiskScopes"/>.</summary>
    public required string Scope { get; set; }

    /// <summary>Strategy or symbol; empty for the account.</summary>
    public required string Name { get; set; }

    /// <summary>What is proposed, as in <see cref="RiskLimitRow.Limits"/>.</summary>
    public required string Limits { get; set; }

    /// <summary>Version of the limits that it would replace; 0 where there are none.</summary>
    public required int BaseVersion { get; set; }

    /// <summary>Names of the limits that it raises, separated by spaces.</summary>
    public required string Raised { get; set; }

    /// <summary>Who proposed it; null where unknown.</summary>
    public Guid? ProposedBy { get; set; }

    /// <summary>Wall clock of the proposal.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>From then on it cannot be confirmed any more.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was confirmed; null where it was not.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}

/// <summary>A strategy, or the account, that is switched off.</summary>
public sealed class KillSwitchRow
{
    /// <summary>Origin of the orders that it concerns; empty for all.</summary>
    public required string Strategy { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>Who switched it off; null where unknown.</summary>
    public Guid? By { get; set; }

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset At { get; set; }
}

/// <summary>What limits are of.</summary>
public static class RiskScopes
{
    /// <summary>All orders.</summary>
    public const string Account = "account";

    /// <summary>Orders of one origin.</summary>
    public const string Strategy = "strategy";

    /// <summary>Orders of one instrument.</summary>
    public const string Symbol = "symbol";
}
