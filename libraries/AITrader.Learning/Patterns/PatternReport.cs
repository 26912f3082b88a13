using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Patterns;

/// <summary>How good a classifier of patterns is on the newest part of its bars, which nothing was chosen by.</summary>
/// <param name="TrainingCounts">Examples of each class that it learned from.</param>
/// <param name="ValidationExamples">Examples that its best step and its temperature were chosen by.</param>
/// <param name="TestExamples">Examples that it is judged by.</param>
/// <param name="BestStep">The step whose weights it has.</param>
/// <param name="Weights">Number of weights.</param>
/// <param name="Score">What it said of them.</param>
/// <param name="Majority">What the most frequent class of training would have said.</param>
/// <param name="ByChance">Probability that it has so many more right than that by chance (McNemar).</param>
/// <param name="Confusion">Rows by the class that there was, columns by the one that was said.</param>
/// <param name="Temperature">What scores are divided by before they become probabilities.</param>
/// <param name="CalibrationError">Expected error of calibration.</param>
/// <param name="CalibrationErrorBefore">The same without the temperature.</param>
/// <param name="After">What prices did after what it said.</param>
public sealed record PatternReport(
    IReadOnlyList<int> TrainingCounts,
    int ValidationExamples,
    int TestExamples,
    long BestStep,
    int Weights,
    ClassificationScore Score,
    ClassificationScore Majority,
    double ByChance,
    IReadOnlyList<IReadOnlyList<int>> Confusion,
    double Temperature,
    double CalibrationError,
    double CalibrationErrorBefore,
    FollowThrough After
);

/// <summary>What prices did in the bars after a window was said to point somewhere.</summary>
/// <param name="Bars">Bars looked ahead.</param>
/// <param name="Windows">Windows that were said to point somewhere, and whose price has changed by then.</param>
/// <param name="Hits">Share of them whose price went that way; null where there are none.</param>
/// <param name="MoveBps">Mean move that way, in basis points; null where there are none.</param>
public sealed record FollowThrough(int Bars, int Windows, double? Hits, double? MoveBps);
