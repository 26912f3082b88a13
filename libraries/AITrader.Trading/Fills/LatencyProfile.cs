namespace AITrader.Trading.Fills;

/// <summary>How long one way takes, as its distribution.</summary>
public abstract record LatencyProfile
{
    /// <summary>No time at all.</summary>
    public static LatencyProfile None { get; } = new Constant(TimeSpan.Zero);

    /// <summary>The latency below which a share of all lies.</summary>
    /// <param name="share">In [0, 1).</param>
    public abstract TimeSpan At(double share);

    /// <summary>Whole microseconds: event time has no finer ones.</summary>
    private protected static TimeSpan FromMillis(double millis) => TimeSpan.FromMicroseconds(Math.Round(millis * 1_000d));

    /// <summary>Always the same.</summary>
    /// <param name="Value">Not negative.</param>
    public sealed record Constant(TimeSpan Value) : LatencyProfile
    {
        /// <inheritdoc />
        public override TimeSpan At(double share) => Value;
    }

    /// <summary>Log-normal: many near the median, a long tail.</summary>
    /// <param name="Median">Half of all are faster.</param>
    /// <param name="Sigma">Standard deviation of the logarithm: 0.5 puts one in 100 at 3.2 times the median.</param>
    public sealed record LogNormal(TimeSpan Median, double Sigma) : LatencyProfile
    {
        // Of the tails 1e-6 is left out: a latency has an end.
        private const double Tail = 1e-6;

        /// <inheritdoc />
        public override TimeSpan At(double share) =>
            FromMillis(Median.TotalMilliseconds * Math.Exp(Sigma * InverseNormal.Of(Math.Clamp(share, Tail, 1d - Tail))));
    }
}
