namespace AITrader.Backend.Models;

/// <summary>How a model is served.</summary>
/// <param name="Runners">The runners that this deployment has.</param>
internal sealed record ServingResponse(IReadOnlyList<RunnerResponse> Runners);

/// <summary>A runner.</summary>
/// <param name="Runner">Its name.</param>
/// <param name="IsReachable">Whether it answered.</param>
/// <param name="Versions">The versions that it has loaded; empty where it has none of them.</param>
/// <param name="Labels">Versions by their labels; stable is the one that answers.</param>
/// <param name="Traffic">Percent of the instruments by label; empty where stable answers all.</param>
internal sealed record RunnerResponse(
    string Runner,
    bool IsReachable,
    IReadOnlyList<ServedVersionResponse> Versions,
    IReadOnlyDictionary<string, int> Labels,
    IReadOnlyDictionary<string, double> Traffic
);

/// <summary>A version as a runner serves it, since that runner began.</summary>
/// <param name="Version">The version.</param>
/// <param name="Inferences">Requests that were answered.</param>
/// <param name="Failures">Requests that failed.</param>
/// <param name="MeanMilliseconds">Mean time of an answer, queue included; null before the first.</param>
/// <param name="Outcomes">What its forecasts came to; of other models, none are reported.</param>
internal sealed record ServedVersionResponse(
    int Version,
    long Inferences,
    long Failures,
    double? MeanMilliseconds,
    OutcomesResponse Outcomes
);

/// <summary>Forecasts beside what came true.</summary>
/// <param name="Count">Forecasts that were followed to their end.</param>
/// <param name="MeanAbsoluteError">Mean distance from what came true, in the unit of the price; null before the first.</param>
/// <param name="MeanAbsolutePercentageError">The same in percent; null before the first.</param>
/// <param name="Moves">Forecasts after which the price moved.</param>
/// <param name="DirectionHits">Share of the moves whose direction was right; null before the first.</param>
internal sealed record OutcomesResponse(
    long Count,
    double? MeanAbsoluteError,
    double? MeanAbsolutePercentageError,
    long Moves,
    double? DirectionHits
);
