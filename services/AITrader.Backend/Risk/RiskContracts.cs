using AITrader.Storage.Rows;

namespace AITrader.Backend.Risk;

/// <summary>Limits of the account, of a strategy or of a symbol: numbers by name; what has no number bounds nothing.</summary>
public sealed record LimitsResponse(
    string Scope,
    string Name,
    IReadOnlyDictionary<string, decimal> Limits,
    int Version,
    DateTimeOffset? UpdatedAt
);

/// <summary>Raised limits that wait for their confirmation.</summary>
public sealed record ProposalResponse(
    Guid Id,
    string Scope,
    string Name,
    IReadOnlyDictionary<string, decimal> Limits,
    IReadOnlyList<string> Raised,
    DateTimeOffset ExpiresAt
);

/// <summary>What is switched off; a null strategy is the account.</summary>
public sealed record KillResponse(string? Strategy, string Reason, DateTimeOffset At)
{
    internal static KillResponse From(KillSwitchRow row) => new(row.Strategy.Length > 0 ? row.Strategy : null, row.Reason, row.At);
}

/// <summary>Everything that limits trading.</summary>
public sealed record RiskResponse(
    string TradingState,
    string HaltReason,
    IReadOnlyList<LimitsResponse> Limits,
    IReadOnlyList<KillResponse> SwitchedOff,
    IReadOnlyList<ProposalResponse> Proposals,
    IReadOnlyList<string> KnownLimits
);

/// <summary>New limits of a scope, in place of those that it has.</summary>
public sealed record LimitsRequest(Dictionary<string, decimal> Limits);

/// <summary>Switches a strategy off; without one, the account.</summary>
public sealed record KillRequest(string Reason, string? Strategy = null);

/// <summary>Switches a strategy on again; without one, the account.</summary>
public sealed record ReviveRequest(string? Strategy = null);
