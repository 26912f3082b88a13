using AITrader.Domain.Signals;

namespace AITrader.Signals.Patterns;

/// <summary>How detectors turn what they measured into a direction and a score.</summary>
internal static class SignalScore
{
    /// <summary>The direction of a sign; above 0 is up.</summary>
    internal static SignalDirection Toward(double sign) => sign > 0 ? SignalDirection.Bullish : SignalDirection.Bearish;

    /// <summary>Size as a score: x / (x + half), one half where the size is <paramref name="half"/>; 0 where there is none.</summary>
    internal static double Saturate(double size, double half) => size > 0 ? size / (size + Math.Max(half, 0.0)) : 0.0;
}
