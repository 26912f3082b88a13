namespace AITrader.Learning.Training;

/// <summary>How a model is trained.</summary>
/// <param name="Schedule">Number of steps and their rates.</param>
public sealed record TrainerOptions(Schedule Schedule)
{
    /// <summary>Draws the first weights and each step's batch.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Rows of a batch.</summary>
    public int Rows { get; init; } = 256;

    /// <summary>Share of the rate by which a step shrinks each weight.</summary>
    public double Decay { get; init; }

    /// <summary>Length of a gradient beyond which it is cut.</summary>
    public double LongestGradient { get; init; } = 1;

    /// <summary>Steps between two validations.</summary>
    public int ValidateEvery { get; init; } = 200;

    /// <summary>Validations without a better result after which it ends.</summary>
    public int Patience { get; init; } = int.MaxValue;

    /// <summary>Processors that a step may take.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>How far a training is.</summary>
/// <param name="Step">Steps that were made.</param>
/// <param name="Steps">Steps to make at most.</param>
/// <param name="Loss">Mean loss of the steps since the last report.</param>
/// <param name="Validation">What the last validation came to; null before the first.</param>
/// <param name="Best">The best one so far.</param>
public sealed record TrainingProgress(long Step, long Steps, double Loss, double? Validation, double? Best);

/// <summary>What is needed to go on with a training as if it had not been ended.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="BestWeights">Weights with the best validation.</param>
/// <param name="Best">What that came to; null before the first.</param>
/// <param name="BestStep">After which step.</param>
/// <param name="Misses">Validations since then.</param>
public sealed record Checkpoint(TrainingState State, float[] BestWeights, double? Best, long BestStep, int Misses);

/// <summary>A trained model.</summary>
/// <param name="Weights">Weights with the best validation, or the last ones where none was made.</param>
/// <param name="Step">After which step.</param>
/// <param name="Validation">What it came to; null where none was made.</param>
/// <param name="Steps">Steps that were made.</param>
public sealed record TrainedModel(float[] Weights, long Step, double? Validation, long Steps);
