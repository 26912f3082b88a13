namespace AITrader.Domain.Sessions;

/// <summary>When a market trades. Immutable; safe from any thread. Times are microseconds since 1970 UTC.</summary>
public abstract class SessionCalendar
{
    /// <summary>Days without a session after which a search gives up: no market pauses that long.</summary>
    private protected const int MaxClosedDays = 60;

    /// <summary>Open all the time; one session a UTC day.</summary>
    public static SessionCalendar UtcDays { get; } = new DayCalendar(TimeZoneInfo.Utc);

    /// <summary>Open all the time; one session a calendar day of a time zone, which has 23 or 25 hours where clocks change.</summary>
    public static SessionCalendar DaysIn(TimeZoneInfo zone) => new DayCalendar(zone);

    /// <summary>The stretch of one phase that a moment lies in.</summary>
    public abstract SessionSpan SessionOf(long micros);

    /// <summary>Whether there is continuous trading.</summary>
    public bool IsOpen(long micros) => SessionOf(micros).Phase == SessionPhases.Regular;

    /// <summary>The exchange's date that a moment counts to; while closed, that of the next session.</summary>
    public DateOnly TradingDay(long micros) => SessionOf(micros).TradingDay;

    /// <summary>Start of the first continuous trading at or after a moment.</summary>
    public long NextOpen(long micros)
    {
        var span = SessionOf(micros);
        if (span.Phase == SessionPhases.Regular && span.StartMicros == micros)
        {
            return micros;
        }

        do
        {
            span = SessionOf(span.EndMicros);
        } while (span.Phase != SessionPhases.Regular);
        return span.StartMicros;
    }

    /// <summary>End of the continuous trading at a moment, or else of the next one.</summary>
    public long NextClose(long micros)
    {
        var span = SessionOf(micros);
        while (span.Phase != SessionPhases.Regular)
        {
            span = SessionOf(span.EndMicros);
        }

        return span.EndMicros;
    }
}
