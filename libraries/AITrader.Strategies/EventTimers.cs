namespace AITrader.Strategies;

/// <summary>Timers on event time: due with the first event at or after their time, in the order of their times, then in that in which they
/// were set.</summary>
public sealed class EventTimers
{
    private readonly PriorityQueue<Timer, (DateTimeOffset At, int Turn, long Number)> _timers = new();
    private readonly Func<DateTimeOffset> _now;
    private long _number;

    internal EventTimers(Func<DateTimeOffset> now) => _now = now;

    /// <summary>Calls <see cref="Strategy.OnTimer"/> once, at a time.</summary>
    public void At(DateTimeOffset at, string name) => Enqueue(new Timer(name, null), at);

    /// <summary>Calls <see cref="Strategy.OnTimer"/> once, after a time.</summary>
    public void After(TimeSpan delay, string name) => At(_now() + delay, name);

    /// <summary>Calls <see cref="Strategy.OnTimer"/> again and again, at whole multiples of the interval since 1970 UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive.</exception>
    public void Every(TimeSpan interval, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Enqueue(new Timer(name, interval), NextMultiple(_now(), interval));
    }

    /// <summary>Calls <see cref="Strategy.OnTimer"/> every day at a time of day of a zone.</summary>
    public void Daily(TimeOnly time, TimeZoneInfo zone, string name)
    {
        ArgumentNullException.ThrowIfNull(zone);
        Enqueue(new Timer(name, null) { Zone = zone, Time = time }, NextDaily(_now(), time, zone));
    }

    /// <summary>Has an exit called at a time, before the timers of that time.</summary>
    internal void At(DateTimeOffset at, Action due) => Enqueue(new Timer(string.Empty, null) { Due = due }, at);

    /// <summary>Takes the earliest timer that is due at or before a time.</summary>
    /// <param name="until">The time.</param>
    /// <param name="at">When it was due.</param>
    /// <param name="name">Its name; empty of an exit's.</param>
    /// <param name="due">What an exit has called; null of a strategy's own.</param>
    internal bool TryTake(DateTimeOffset until, out DateTimeOffset at, out string name, out Action? due)
    {
        (at, name, due) = (default, string.Empty, null);
        if (!_timers.TryPeek(out var timer, out var next) || next.At > until)
        {
            return false;
        }

        _timers.Dequeue();
        (at, name, due) = (next.At, timer.Name, timer.Due);
        if (timer.Interval is { } interval)
        {
            Enqueue(timer, next.At + interval);
        }
        else if (timer.Zone is { } zone)
        {
            Enqueue(timer, NextDaily(next.At, timer.Time, zone));
        }

        return true;
    }

    /// <summary>Time of the earliest timer; null where there is none.</summary>
    internal DateTimeOffset? Next => _timers.TryPeek(out _, out var due) ? due.At : null;

    private void Enqueue(Timer timer, DateTimeOffset at) => _timers.Enqueue(timer, (at, timer.Due is null ? 1 : 0, _number++));

    private static DateTimeOffset NextMultiple(DateTimeOffset now, TimeSpan interval)
    {
        var ticks = now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return DateTimeOffset.UnixEpoch.AddTicks((Math.DivRem(ticks, interval.Ticks, out _) + 1) * interval.Ticks);
    }

    // A time that the zone skips in spring is passed over to the moment after the gap.
    private static DateTimeOffset NextDaily(DateTimeOffset now, TimeOnly time, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        for (; ; day = day.AddDays(1))
        {
            var local = day.ToDateTime(time);
            while (zone.IsInvalidTime(local))
            {
                local = local.AddMinutes(1);
            }

            var at = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            if (at > now)
            {
                return at;
            }
        }
    }

    private sealed record Timer(string Name, TimeSpan? Interval)
    {
        internal Action? Due { get; init; }

        internal TimeZoneInfo? Zone { get; init; }

        internal TimeOnly Time { get; init; }
    }
}
