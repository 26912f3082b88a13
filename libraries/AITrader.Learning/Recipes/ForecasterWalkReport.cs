using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Recipes;

/// <summary>One training of a walk forward.</summary>
/// <param name="Number">From 1, in order of time.</param>
/// <param name="TestFrom">First moment that it was judged by.</param>
/// <param name="TestTo">Last one.</param>
/// <param name="Report">How good it was there.</param>
public sealed record WalkFold(int Number, DateTimeOffset TestFrom, DateTimeOffset TestTo, ForecasterReport Report)
{
    /// <summary>Whether its error was below that of persistence.</summary>
    public bool IsBetter => Report.EndErrorBps < Report.PersistenceErrorBps;
}

/// <summary>All forecasts of a walk forward together.</summary>
/// <param name="TestExamples">Examples that were judged.</param>
/// <param name="EndErrorBps">Root of the mean squared error of the last price of the horizon, in basis points.</param>
/// <param name="PersistenceErrorBps">The same of the last price that was known.</param>
/// <param name="DirectionHits">Share of the moves whose direction was right; null where no price moved.</param>
/// <param name="Verdict">Whether the recipe beats persistence over all folds, and not by chance. Errors count in the scale of the training
/// part of their fold and instrument.</param>
public sealed record WalkSummary(
    int TestExamples,
    double EndErrorBps,
    double PersistenceErrorBps,
    double? DirectionHits,
    ModelVerdict Verdict
);

/// <summary>How good a recipe is, trained again and again forward in time.</summary>
/// <param name="Folds">Each training, in order of time.</param>
/// <param name="Overall">All of them.</param>
public sealed record ForecasterWalkReport(IReadOnlyList<WalkFold> Folds, WalkSummary Overall);
