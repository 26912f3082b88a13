using AITrader.Domain.Sessions;
using AITrader.Domain.Time;
using AITrader.Trading.Risk;

namespace AITrader.Strategies.Exits;

/// <summary>Closes everything before a session ends, and keeps from entering until the next one has opened.</summary>
internal sealed class SessionEnd(
    SessionCalendar calendar,
    decimal minutes,
    Action<DateTimeOffset, Action> schedule,
    Action<string> closeAll
)
{
    private const string Tag = "square-off";

    internal bool MayEnter(DateTimeOffset now)
    {
        var at = EventTime.ToMicros(now);
        return calendar.IsOpen(at) && SquareOff.StartsAt(calendar, at, minutes) > at;
    }

    /// <summary>Waits for the end of the session of a moment, or of the next one.</summary>
    internal void Await(DateTimeOffset now)
    {
        var at = EventTime.ToMicros(now);
        schedule(EventTime.FromMicros(Math.Max(at, SquareOff.StartsAt(calendar, at, minutes))), () => Due(calendar.NextClose(at)));
    }

    private void Due(long closes)
    {
        closeAll(Tag);
        Await(EventTime.FromMicros(closes));
    }
}
