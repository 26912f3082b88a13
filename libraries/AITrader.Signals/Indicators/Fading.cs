namespace AITrader.Signals.Indicators;

/// <summary>Where a smoothed value that only shrinks ends: at 0, long before binary64 loses digits (below 2.3e-308) and then stands still
/// at something above 0.</summary>
internal static class Fading
{
    internal const double End = 1e-200;

    internal static double Rest(double value) => Math.Abs(value) < End ? 0.0 : value;
}
