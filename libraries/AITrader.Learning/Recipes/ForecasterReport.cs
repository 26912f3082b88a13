using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Recipes;

/// <summary>How good a forecaster is on the newest part of its data, which nothing was chosen by.</summary>
/// <param name="TrainingExamples">Examples that it learned from.</param>
/// <param name="ValidationExamples">Examples that its best step was chosen by.</param>
/// <param name="TestExamples">Examples that it is judged by.</param>
/// <param name="Steps">Steps that were made.</param>
/// <param name="BestStep">The step whose weights it has.</param>
/// <param name="Weights">Number of weights.</param>
/// <param name="Loss">What was made small (<see cref="Forecasting.DatasetExamples"/>), over all steps of the horizon, beside that of
/// persistence, which is 1.</param>
/// <param name="EndErrorBps">Root of the mean squared error of the last price of the horizon, in basis points of the price.</param>
/// <param name="PersistenceErrorBps">The same of the last price that was known.</param>
/// <param name="AverageErrorBps">The same of the exponential average over the window.</param>
/// <param name="DirectionHits">Share of the moves to the end of the horizon whose direction was right; null where no price moved.</param>
/// <param name="Verdict">Whether it beats persistence, and not by chance.</param>
public sealed record ForecasterReport(
    int TrainingExamples,
    int ValidationExamples,
    int TestExamples,
    long Steps,
    long BestStep,
    int Weights,
    double Loss,
    double EndErrorBps,
    double PersistenceErrorBps,
    double AverageErrorBps,
    double? DirectionHits,
    ModelVerdict Verdict
);
