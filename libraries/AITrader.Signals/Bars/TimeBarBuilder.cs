using AITrader.Domain.Bars;
using AITrader.Domain.Sessions;

namespace AITrader.Signals.Bars;

/// <summary>Bars of a length of time, counted from the start of each session. A bar is closed by the first tick at or after its end, or by
/// <see cref="BarBuilder.AdvanceTo"/>.</summary>
/// <param name="kind">Trade or quote bars.</param>
/// <param name="period">Length, 1 ms or more; <see cref="WholeSession"/> for one bar a session.</param>
/// <param name="calendar">Sessions; UTC days where null.</param>
/// <param name="phases">Which stretches of the calendar count, each a session of its own.</param>
public sealed class TimeBarBuilder(
    BarKind kind,
    TimeSpan period,
    SessionCalendar? calendar = null,
    SessionPhases phases = SessionPhases.Regular
) : BarBuilder(kind, calendar, phases, closesAtOnce: false)
{
    private readonly BarInterval _interval = new(period);

    /// <summary>One bar a session, however long it is: the daily bar.</summary>
    public static TimeSpan WholeSession => TimeSpan.MaxValue;

    private protected override string Identity => string.Create(null, $"time {Kind} {_interval}");

    private protected override bool IsFull() => false;

    private protected override (long Start, long Limit) Interval(long micros, in SessionSpan session) => _interval.Of(micros, session);

    private protected override long EndOf(long limit, long lastTick) => limit;
}
