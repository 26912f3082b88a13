using System.Globalization;
using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Domain.Sessions;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Bars;

namespace AITrader.Signals.Tests.Bars;

/// <summary>Bars over days that are not alike: half days, holidays, weekends with sessions, several sessions a day, clocks that jump. Ticks
/// crowd around the boundaries.</summary>
public sealed class BarPropertyTests
{
    private const SessionPhases Extended = SessionPhases.PreOpen | SessionPhases.Regular | SessionPhases.PostClose;

    private static readonly TimeSpan[] Ladder =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(30),
        TimeBarBuilder.WholeSession,
    ];

    /// <summary>Calendar, first day, days, phases.</summary>
    public static TheoryData<string, string, int, SessionPhases> Weeks =>
        new()
        {
            { "us", "2024-11-26", 7, SessionPhases.Regular }, // Thanksgiving, the half day after it, a weekend
            { "us", "2024-11-26", 7, Extended },
            { "us", "2024-03-07", 6, Extended }, // clocks go forward
            { "us", "2024-10-31", 6, SessionPhases.Regular }, // and back
            { "nse", "2024-02-28", 6, SessionPhases.Regular }, // a Saturday with two sessions
            { "nse", "2024-10-30", 6, Extended }, // muhurat
            { "new york", "2024-11-01", 4, SessionPhases.Regular }, // days of 25 hours
            { "sao paulo", "2018-11-02", 4, SessionPhases.Regular }, // a day that begins at one o'clock
            { "utc", "2024-02-28", 3, SessionPhases.Regular },
        };

    [Theory]
    [MemberData(nameof(Weeks))]
    public void Time_bars_equal_grouping_by_session_and_slot(string name, string from, int days, SessionPhases phases)
    {
        var calendar = Calendar(name);
        var ticks = UpToLast(Ticks(1, calendar, from, days), calendar, phases);
        foreach (var period in (TimeSpan[])[.. Ladder, TimeSpan.FromSeconds(7)])
        {
            var micros = period == TimeBarBuilder.WholeSession ? long.MaxValue : period.Ticks / TimeSpan.TicksPerMicrosecond;
            var expected = ticks
                .Where(static tick => tick.Kind == TickKind.Trade)
                .Select(tick => (Tick: tick, Session: calendar.SessionOf(tick.TimeMicros)))
                .Where(item => (item.Session.Phase & phases) != 0)
                .GroupBy(item => (item.Session, Slot: (item.Tick.TimeMicros - item.Session.StartMicros) / micros))
                .Select(group =>
                {
                    var start = group.Key.Session.StartMicros + (group.Key.Slot * (micros == long.MaxValue ? 0 : micros));
                    var end = micros == long.MaxValue ? group.Key.Session.EndMicros : Math.Min(start + micros, group.Key.Session.EndMicros);
                    return NaiveBars.RowOf(group.Select(static item => item.Tick), start, end, true).ToString();
                })
                .ToList();
            expected[^1] = expected[^1].Replace("True", "False"); // flushed

            var builder = new TimeBarBuilder(BarKind.Trade, period, calendar, phases);
            Assert.Equal(expected, NaiveBars.Rows(NaiveBars.Build(builder, ticks)));
            Assert.True(expected.Count > 1);
            Assert.Equal(
                (0L, (long)ticks.Count(tick => tick.Kind == TickKind.Trade && (calendar.SessionOf(tick.TimeMicros).Phase & phases) == 0)),
                (builder.Late, builder.OutOfSession)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Weeks))]
    public void Seconds_make_the_minutes_half_hours_and_sessions_that_the_ticks_make(
        string name,
        string from,
        int days,
        SessionPhases phases
    )
    {
        var calendar = Calendar(name);
        var ticks = UpToLast(Ticks(2, calendar, from, days), calendar, phases);
        foreach (var kind in Enum.GetValues<BarKind>())
        {
            var shorter = NaiveBars.Build(new TimeBarBuilder(kind, Ladder[0], calendar, phases), ticks);
            foreach (var period in Ladder.Skip(1))
            {
                var direct = NaiveBars.Build(new TimeBarBuilder(kind, period, calendar, phases), ticks);
                shorter = NaiveBars.Aggregate(new BarAggregator(period, calendar, phases), shorter);
                Assert.Equal(direct, shorter);
                Assert.True(direct.Count > 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Weeks))]
    public void Event_bars_begin_anew_with_each_session(string name, string from, int days, SessionPhases phases)
    {
        var calendar = Calendar(name);
        var ticks = Ticks(3, calendar, from, days);
        var inside = ticks.Where(tick => (calendar.SessionOf(tick.TimeMicros).Phase & phases) != 0);
        foreach (var (builder, isFull) in Rules(calendar, phases))
        {
            var expected = NaiveBars.EventTrades(inside, isFull, tick => calendar.SessionOf(tick.TimeMicros).StartMicros);
            Assert.Equal(expected, NaiveBars.Rows(NaiveBars.Build(builder, ticks)));
            Assert.Contains(expected, static row => row.EndsWith("False", StringComparison.Ordinal));
            Assert.Contains(expected, static row => row.EndsWith("True", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Weeks))]
    public void Passing_time_between_ticks_changes_no_bar(string name, string from, int days, SessionPhases phases)
    {
        var calendar = Calendar(name);
        var ticks = Ticks(4, calendar, from, days);
        foreach (
            var make in (Func<BarBuilder>[])
                [
                    () => new TimeBarBuilder(BarKind.Quote, Ladder[1], calendar, phases),
                    () => new TickBarBuilder(BarKind.Quote, 9, calendar, phases),
                ]
        )
        {
            var (builder, bars) = (make(), new List<Bar>());
            var before = ticks[0].TimeMicros;
            foreach (var tick in ticks)
            {
                foreach (var moment in (long[])[before + ((tick.TimeMicros - before) / 2), tick.TimeMicros])
                {
                    Take(bars, builder.AdvanceTo(moment, out var passed), passed, builder);
                }

                Take(bars, builder.Update(tick, out var closed), closed, builder);
                before = tick.TimeMicros;
            }

            Take(bars, builder.Flush(out var last), last, builder);
            Assert.Equal(NaiveBars.Build(make(), ticks), bars);
        }
    }

    private static void Take(List<Bar> bars, bool any, Bar bar, BarBuilder builder)
    {
        for (; any; any = builder.TryNext(out bar))
        {
            bars.Add(bar);
        }
    }

    private static IEnumerable<(BarBuilder Builder, Func<List<PackedTick>, bool> IsFull)> Rules(
        SessionCalendar calendar,
        SessionPhases phases
    )
    {
        yield return (new TickBarBuilder(BarKind.Trade, 5, calendar, phases), static open => open.Count == 5);
        yield return (new VolumeBarBuilder(Quantity.FromRaw(20 * Quantity.Scale), calendar, phases), static open =>
            open.Sum(static tick => tick.Size.ToDecimal()) >= 20
        );
        yield return (new DollarBarBuilder(15_000.5m, calendar, phases), static open =>
            open.Sum(static tick => tick.Size.ToDecimal() * tick.Price.ToDecimal()) >= 15_000.5m
        );
        yield return (new RangeBarBuilder(BarKind.Trade, Price.FromNanos(50_000_000), calendar, phases), static open =>
            open.Max(static tick => tick.Price.Nanos) - open.Min(static tick => tick.Price.Nanos) >= 50_000_000
        );
    }

    /// <summary>Two ticks of three lie within 3 s of a boundary of a session, one of five exactly on it or a microsecond beside; the rest
    /// is anywhere.</summary>
    private static List<PackedTick> Ticks(int seed, SessionCalendar calendar, string from, int days)
    {
        var random = new Random(seed);
        var start = EventTime.ToMicros(DateTimeOffset.Parse(from + "T00:00:00Z", CultureInfo.InvariantCulture));
        var end = start + (days * EventTime.MicrosPerDay);
        var boundaries = new List<long>();
        for (var at = start; at < end; at = calendar.SessionOf(at).EndMicros)
        {
            boundaries.Add(calendar.SessionOf(at).EndMicros);
        }

        var times = Enumerable
            .Range(0, 4_000)
            .Select(i =>
                i % 3 == 0
                    ? random.NextInt64(start, end)
                    : boundaries[random.Next(boundaries.Count)]
                        + (i % 5 == 0 ? random.Next(-1, 2) : random.NextInt64(-3_000_000, 3_000_000))
            )
            .Order();
        var cents = 100_000L;
        return
        [
            .. times.Select(micros =>
            {
                cents += random.Next(-3, 4);
                var price = Price.FromNanos(cents * 10_000_000);
                var tick = new PackedTick
                {
                    TimeMicros = micros,
                    Symbol = 1,
                    Kind = TickKind.Trade,
                    Price = price,
                    Size = Quantity.FromRaw(random.NextInt64(0, 8 * Quantity.Scale)),
                };
                return random.Next(3) > 0
                    ? tick
                    : tick with
                    {
                        Kind = TickKind.Quote,
                        Size = default,
                        Bid = Price.FromNanos(price.Nanos - 10_000_000),
                        Ask = Price.FromNanos(price.Nanos + 10_000_000),
                        BidSize = tick.Size,
                        AskSize = tick.Size,
                    };
            }),
        ];
    }

    /// <summary>Without the ticks after the last session, which would close its last bar: it is flushed.</summary>
    private static List<PackedTick> UpToLast(List<PackedTick> ticks, SessionCalendar calendar, SessionPhases phases) =>
        ticks[..(ticks.FindLastIndex(tick => (calendar.SessionOf(tick.TimeMicros).Phase & phases) != 0) + 1)];

    private static SessionCalendar Calendar(string name) =>
        name switch
        {
            "us" => UsEquityCalendar.Default,
            "nse" => NseCalendar.Default,
            "new york" => SessionCalendar.DaysIn(TimeZoneInfo.FindSystemTimeZoneById("America/New_York")),
            "sao paulo" => SessionCalendar.DaysIn(TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo")),
            _ => SessionCalendar.UtcDays,
        };
}
