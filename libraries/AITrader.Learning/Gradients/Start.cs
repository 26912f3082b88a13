namespace AITrader.Learning.Gradients;

/// <summary>How weights begin: drawn from a normal distribution of this standard deviation about a mean.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; 0 for weights that are all the mean.</param>
public readonly record struct Start(double Mean, double Deviation)
{
    /// <summary>All zero.</summary>
    public static Start Zero => new(0, 0);

    /// <summary>All one.</summary>
    public static Start One => new(1, 0);

    /// <summary>He and others 2015: for weights before a rectifier.</summary>
    /// <param name="inputs">Values that each sum is made of.</param>
    public static Start Rectified(long inputs) => new(0, Math.Sqrt(2.0 / inputs));

    /// <summary>Glorot and Bengio 2010: for weights before what is about linear.</summary>
    /// <param name="inputs">Values that each sum is made of.</param>
    /// <param name="outputs">Sums.</param>
    public static Start Linear(long inputs, long outputs) => new(0, Math.Sqrt(2.0 / (inputs + outputs)));

    /// <summary>Draws the weights; the same generator state gives the same weights.</summary>
    public void Fill(Span<float> weights, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref var weight in weights)
        {
            weight = (float)(Deviation == 0 ? Mean : Mean + (Deviation * Normal(random)));
        }
    }

    // Box and Muller 1958.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
