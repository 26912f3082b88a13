using System.Collections.Frozen;
using AITrader.Domain.Time;

namespace AITrader.Domain.Sessions;

/// <summary>One stretch of a trading day, in the exchange's local time.</summary>
/// <param name="Phase">One phase, not closed.</param>
/// <param name="Start">First time of day.</param>
/// <param name="End">First time of day that is no longer in it; up to 24 hours.</param>
public readonly record struct SessionTimes(SessionPhases Phase, TimeSpan Start, TimeSpan End);

/// <summary>An exchange's calendar: a weekly schedule, holidays, and days that differ. Immutable; safe from any thread.</summary>
public sealed class ExchangeCalendar : SessionCalendar
{
    private readonly LocalClock _clock;
    private readonly SessionTimes[] _normal;
    private readonly Func<DateOnly, bool> _isHoliday;
    private readonly FrozenDictionary<DateOnly, SessionTimes[]> _special;
    private readonly Func<DateOnly, SessionTimes[]?> _short;

    /// <summary>A calendar of Monday to Friday.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="zone">The exchange's time zone.</param>
    /// <param name="normal">Stretches of a normal day, in order, none overlapping.</param>
    /// <param name="isHoliday">Weekdays without trading.</param>
    /// <param name="special">Days with their own stretches, which may be weekends or holidays; an empty list closes a day.</param>
    /// <param name="shortDay">Stretches of days that a rule makes different, such as half days; null for the others.</param>
    /// <exception cref="ArgumentException">Stretches overlap or are out of order.</exception>
    public ExchangeCalendar(
        string name,
        TimeZoneInfo zone,
        IReadOnlyList<SessionTimes> normal,
        Func<DateOnly, bool> isHoliday,
        IReadOnlyDictionary<DateOnly, IReadOnlyList<SessionTimes>>? special = null,
        Func<DateOnly, IReadOnlyList<SessionTimes>?>? shortDay = null
    )
    {
        ArgumentNullException.ThrowIfNull(isHoliday);
        Name = name;
        _clock = new LocalClock(zone);
        _normal = Checked(normal);
        _isHoliday = isHoliday;
        _special = (special ?? new Dictionary<DateOnly, IReadOnlyList<SessionTimes>>()).ToFrozenDictionary(
            static day => day.Key,
            static day => Checked(day.Value)
        );
        _short = day => shortDay?.Invoke(day) is { } times ? Checked(times) : null;
    }

    /// <summary>The exchange's name.</summary>
    public string Name { get; }

    /// <summary>Whether there is any trading on a date.</summary>
    public bool IsTradingDay(DateOnly day) => Times(day).Any(static times => times.Phase == SessionPhases.Regular);

    /// <summary>Stretches of a date in local time; none on a day without trading.</summary>
    public IReadOnlyList<SessionTimes> TimesOf(DateOnly day) => Times(day);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no session within 60 days: the calendar is wrong.</exception>
    public override SessionSpan SessionOf(long micros)
    {
        var day = _clock.DateOf(micros);
        var closedFrom = LastEndBefore(day);
        for (var ahead = 0; ahead <= MaxClosedDays; ahead++, day = day.AddDays(1))
        {
            foreach (var times in Times(day))
            {
                var (start, end) = (_clock.MicrosOf(day, times.Start), _clock.MicrosOf(day, times.End));
                if (micros < start)
                {
                    return new SessionSpan(closedFrom, start, SessionPhases.Closed, day);
                }

                if (micros < end)
                {
                    return new SessionSpan(start, end, times.Phase, day);
                }

                closedFrom = end;
            }
        }

        throw new InvalidOperationException(
            $"The calendar {Name} has no session within {MaxClosedDays} days after {day.AddDays(-MaxClosedDays - 1)}."
        );
    }

    private long LastEndBefore(DateOnly day)
    {
        for (var back = 1; back <= MaxClosedDays; back++)
        {
            if (Times(day.AddDays(-back)) is [.., var last])
            {
                return _clock.MicrosOf(day.AddDays(-back), last.End);
            }
        }

        throw new InvalidOperationException($"The calendar {Name} has no session within {MaxClosedDays} days before {day}.");
    }

    private SessionTimes[] Times(DateOnly day) =>
        _special.TryGetValue(day, out var special) ? special
        : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || _isHoliday(day) ? []
        : _short(day) ?? _normal;

    private static SessionTimes[] Checked(IReadOnlyList<SessionTimes> times)
    {
        for (var i = 0; i < times.Count; i++)
        {
            var from = i == 0 ? TimeSpan.Zero : times[i - 1].End;
            if (
                times[i].Start < from
                || times[i].End <= times[i].Start
                || times[i].End > TimeSpan.FromDays(1)
                || times[i].Phase == SessionPhases.Closed
            )
            {
                throw new ArgumentException($"The stretch {times[i]} is out of order, empty or closed.", nameof(times));
            }
        }

        return [.. times];
    }
}
