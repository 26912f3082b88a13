using AITrader.Domain.Time;

namespace AITrader.Domain.Sessions;

/// <summary>Open all the time; one session a calendar day of a time zone.</summary>
internal sealed class DayCalendar(TimeZoneInfo zone) : SessionCalendar
{
    private readonly LocalClock _clock = new(zone);

    public override SessionSpan SessionOf(long micros)
    {
        var day = _clock.DateOf(micros);
        return new SessionSpan(_clock.StartOf(day), _clock.StartOf(day.AddDays(1)), SessionPhases.Regular, day);
    }
}
