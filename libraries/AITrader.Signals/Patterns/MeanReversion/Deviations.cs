namespace AITrader.Signals.Patterns.MeanReversion;

/// <summary>Distances in standard deviations.</summary>
internal static class Deviations
{
    // Far more than root, division and squares can round off, and far less than anybody would notice.
    private const double Margin = 1e-9;

    /// <summary>Whether a distance is fewer deviations than this, without root and division: what is found is decided by the exact formula,
    /// and most trades never come near it.</summary>
    internal static bool AreSurelyBelow(double deviations, double distance, double variance) =>
        distance * distance < deviations * deviations * variance * (1.0 - Margin);
}
