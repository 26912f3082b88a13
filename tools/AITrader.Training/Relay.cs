using AITrader.Learning.Training;

namespace AITrader.Training;

/// <summary>Reports in order, on the thread that trains.</summary>
internal sealed class Relay<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}

/// <summary>What is said of a training under way.</summary>
internal static class ProgressLines
{
    public static TrainingLine ToLine(this TrainingProgress progress) =>
        new("training", progress.Step, progress.Steps, progress.Loss, progress.Best);
}
