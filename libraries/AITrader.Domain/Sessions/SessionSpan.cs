namespace AITrader.Domain.Sessions;

/// <summary>The longest stretch of time with one phase: from its start to, not including, its end.</summary>
/// <param name="StartMicros">First microsecond, since 1970 UTC.</param>
/// <param name="EndMicros">First microsecond that is no longer in it.</param>
/// <param name="Phase">One phase.</param>
/// <param name="TradingDay">The exchange's date that it counts to; of a closed stretch, the next trading day.</param>
public readonly record struct SessionSpan(long StartMicros, long EndMicros, SessionPhases Phase, DateOnly TradingDay)
{
    /// <summary>Whether a moment lies in it.</summary>
    public bool Contains(long micros) => micros >= StartMicros && micros < EndMicros;
}
