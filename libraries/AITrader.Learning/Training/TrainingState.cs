namespace AITrader.Learning.Training;

/// <summary>Where a training stands between two steps.</summary>
/// <param name="Step">Steps that were made.</param>
/// <param name="Weights">Weights now.</param>
/// <param name="Moments">Decaying means of gradients.</param>
/// <param name="Squares">Decaying means of their squares.</param>
public sealed record TrainingState(long Step, float[] Weights, float[] Moments, float[] Squares)
{
    /// <summary>Before the first step.</summary>
    public static TrainingState Begin(float[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new TrainingState(0, weights, new float[weights.Length], new float[weights.Length]);
    }
}
