namespace AITrader.Learning.Training;

/// <summary>How far steps go, by their number: a rise from nothing, then down to a share of the rate along half a cosine.</summary>
/// <param name="Rate">The highest rate.</param>
/// <param name="Steps">Number of steps.</param>
public sealed record Schedule(double Rate, long Steps)
{
    /// <summary>Share of the steps in which it rises.</summary>
    public double Rise { get; init; } = 0.02;

    /// <summary>Share of the rate that the last step has.</summary>
    public double Last { get; init; } = 0.01;

    /// <summary>Rate of a step.</summary>
    /// <param name="step">Its number, from 1.</param>
    public double At(long step)
    {
        var rising = Math.Max(1, (long)(Rise * Steps));
        if (step <= rising)
        {
            return Rate * step / rising;
        }

        var done = Math.Clamp((double)(step - rising) / Math.Max(1, Steps - rising), 0, 1);
        return Rate * (Last + ((1 - Last) * 0.5 * (1 + Math.Cos(Math.PI * done))));
    }
}
