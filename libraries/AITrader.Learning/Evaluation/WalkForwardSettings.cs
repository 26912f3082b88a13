namespace AITrader.Learning.Evaluation;

/// <summary>Which examples a model is trained on.</summary>
public enum TrainingWindow
{
    /// <summary>All since the first.</summary>
    Expanding,

    /// <summary>The latest, always as many.</summary>
    Rolling,
}

/// <summary>How a walk forward cuts examples into training and test.</summary>
/// <param name="FirstTraining">Examples that the first split trains on, from 1; with a rolling window those of every split.</param>
/// <param name="TestLength">Examples that each split tests on, from 1.</param>
/// <param name="Step">Examples from the start of a test window to the start of the next, from 1. Below <paramref name="TestLength"/> test
/// windows overlap, and an example is tested more than once.</param>
public sealed record WalkForwardSettings(int FirstTraining, int TestLength, int Step)
{
    /// <summary>Which examples a model is trained on.</summary>
    public TrainingWindow Window { get; init; } = TrainingWindow.Expanding;

    /// <summary>Steps that the label of an example covers, from 1: that of example i is of the steps i to i + horizon - 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>Examples before each test window that are neither trained on nor reached by a label that is; from 0.</summary>
    public int Embargo { get; init; }

    /// <summary>At most so many splits, from 1, the earliest; null for as many as fit.</summary>
    public int? MaxSplits { get; init; }

    /// <summary>Examples that one split takes.</summary>
    public long ShortestSeries => (long)FirstTraining + Gap + TestLength;

    /// <summary>Examples between the last one that is trained on and the test window.</summary>
    internal long Gap => (long)Embargo + Horizon - 1;

    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FirstTraining);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TestLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Step);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Horizon);
        ArgumentOutOfRangeException.ThrowIfNegative(Embargo);
        if (MaxSplits is { } most)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most, nameof(MaxSplits));
        }
    }
}
