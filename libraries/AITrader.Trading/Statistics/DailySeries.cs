using AITrader.Domain.Sessions;
using AITrader.Domain.Time;

namespace AITrader.Trading.Statistics;

/// <summary>Equity at the end of each day of a calendar, from the first day of a curve to its last.</summary>
/// <remarks>A day without a point keeps the equity of the day before: its return is zero, and it is not missing.</remarks>
public sealed record DailySeries
{
    private DailySeries(decimal initialEquity, List<DateOnly> days, List<decimal> equity)
    {
        InitialEquity = initialEquity;
        Days = days;
        Equity = equity;
        Returns = ReturnsOf(initialEquity, equity);
    }

    /// <summary>Equity before the first day.</summary>
    public decimal InitialEquity { get; }

    /// <summary>The calendar's dates, in order.</summary>
    public IReadOnlyList<DateOnly> Days { get; }

    /// <summary>Equity at the end of each of them.</summary>
    public IReadOnlyList<decimal> Equity { get; }

    /// <summary>Return of each day, the first against the initial equity; null where a day began with no equity.</summary>
    public IReadOnlyList<double>? Returns { get; }

    /// <summary>Resamples a curve.</summary>
    /// <param name="initialEquity">Equity at the start; positive.</param>
    /// <param name="curve">Points in the order of time.</param>
    /// <param name="calendar">Whose days; a point while a market is closed counts to its next session.</param>
    /// <exception cref="ArgumentException">The points are not in the order of time.</exception>
    public static DailySeries Of(decimal initialEquity, IReadOnlyList<EquityPoint> curve, SessionCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialEquity);
        var days = new List<DateOnly>();
        var equity = new List<decimal>();
        var reached = default(SessionSpan);
        for (var i = 0; i < curve.Count; i++)
        {
            var micros = EventTime.ToMicros(curve[i].Time);
            if (i > 0 && curve[i].Time < curve[i - 1].Time)
            {
                throw new ArgumentException($"point {i} at {curve[i].Time:O} is before the one before it", nameof(curve));
            }

            if (i == 0)
            {
                reached = calendar.SessionOf(micros);
                days.Add(reached.TradingDay);
                equity.Add(curve[i].Equity);
            }

            reached = Advance(calendar, reached, micros, days, equity);
            equity[^1] = curve[i].Equity;
        }

        return new DailySeries(initialEquity, days, equity);
    }

    // Walks the spans of the calendar up to a moment; each day that begins on the way starts with the equity so far.
    private static SessionSpan Advance(
        SessionCalendar calendar,
        SessionSpan reached,
        long micros,
        List<DateOnly> days,
        List<decimal> equity
    )
    {
        while (micros >= reached.EndMicros)
        {
            reached = calendar.SessionOf(reached.EndMicros);
            if (reached.TradingDay > days[^1])
            {
                days.Add(reached.TradingDay);
                equity.Add(equity[^1]);
            }
        }

        return reached;
    }

    private static double[]? ReturnsOf(decimal initialEquity, List<decimal> equity)
    {
        var returns = new double[equity.Count];
        var before = initialEquity;
        for (var i = 0; i < returns.Length; i++)
        {
            if (before <= 0m)
            {
                return null;
            }

            returns[i] = (double)((equity[i] / before) - 1m);
            before = equity[i];
        }

        return returns;
    }
}
