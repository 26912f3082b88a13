using System.Text.Json;

namespace AITrader.Backend.Api;

/// <summary>One part of a decision's score.</summary>
public sealed record FactorResponse(string Name, decimal Weight, decimal Value, decimal Contribution, string? Note);

/// <summary>What one factor would have had to be for another action; null where no value in [-1, 1] would do.</summary>
public sealed record FlipResponse(string Factor, decimal? ValueNeeded, string? Action);

/// <summary>A decision with its reasons.</summary>
public sealed record DecisionResponse(
    Guid Id,
    SignalResponse Signal,
    string Action,
    double Score,
    string Reason,
    IReadOnlyList<FactorResponse> Factors,
    JsonElement Provenance,
    Guid? OrderId,
    IReadOnlyList<FlipResponse> Flip,
    DateTimeOffset Timestamp
);

/// <summary>A decision made again from its own record.</summary>
public sealed record RecomputedDecisionResponse(
    Guid Id,
    bool Same,
    IReadOnlyList<string> Differences,
    string Action,
    decimal Score,
    string Reason,
    IReadOnlyList<FactorResponse> Factors
);
