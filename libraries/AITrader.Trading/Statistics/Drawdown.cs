namespace AITrader.Trading.Statistics;

/// <summary>A fall of equity from a peak, until the peak is reached again.</summary>
/// <param name="PeakTime">When the peak was last seen.</param>
/// <param name="PeakEquity">The peak.</param>
/// <param name="TroughTime">When equity was lowest.</param>
/// <param name="TroughEquity">The lowest equity.</param>
/// <param name="RecoveryTime">When the peak was reached again; null where it was not.</param>
/// <param name="EndTime">The recovery, or the last point where there was none.</param>
public sealed record Drawdown(
    DateTimeOffset PeakTime,
    decimal PeakEquity,
    DateTimeOffset TroughTime,
    decimal TroughEquity,
    DateTimeOffset? RecoveryTime,
    DateTimeOffset EndTime
)
{
    /// <summary>Depth as a fraction of the peak; negative.</summary>
    public decimal Depth => (TroughEquity / PeakEquity) - 1m;

    /// <summary>Depth in money; negative.</summary>
    public decimal Loss => TroughEquity - PeakEquity;

    /// <summary>Peak to recovery, or to the last point.</summary>
    public TimeSpan Length => EndTime - PeakTime;

    /// <summary>Trough to recovery; null where there was none.</summary>
    public TimeSpan? Recovery => RecoveryTime - TroughTime;
}
