namespace AITrader.Formats.Coverage;

/// <summary>Time within a session that a series says nothing of.</summary>
/// <param name="FromMicros">First microsecond, since 1970 UTC.</param>
/// <param name="ToMicros">First microsecond that is no longer in it.</param>
/// <param name="Intervals">Bars that are missing; 0 of ticks.</param>
/// <param name="Day">The exchange's date that it counts to.</param>
/// <param name="IsWholeSession">Whether nothing of the session is there.</param>
public readonly record struct MissingSpan(long FromMicros, long ToMicros, long Intervals, DateOnly Day, bool IsWholeSession)
{
    /// <summary>How long it lasts.</summary>
    public TimeSpan Length => TimeSpan.FromMicroseconds(ToMicros - FromMicros);
}
