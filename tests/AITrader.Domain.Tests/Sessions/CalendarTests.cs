using System.Globalization;
using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Domain.Sessions;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Bars;

namespace AITrader.Domain.Tests.Sessions;

public sealed class CalendarTests
{
    private static readonly ExchangeCalendar Nse = NseCalendar.Default;
    private static readonly ExchangeCalendar Us = UsEquityCalendar.Default;

    [Theory]
    [InlineData("2026-01-05T09:00:00+05:30", SessionPhases.PreOpen, "2026-01-05T09:00:00+05:30", "2026-01-05T09:15:00+05:30", "2026-01-05")]
    [InlineData(
        "2026-01-05T09:14:59.999999+05:30",
        SessionPhases.PreOpen,
        "2026-01-05T09:00:00+05:30",
        "2026-01-05T09:15:00+05:30",
        "2026-01-05"
    )]
    [InlineData("2026-01-05T09:15:00+05:30", SessionPhases.Regular, "2026-01-05T09:15:00+05:30", "2026-01-05T15:30:00+05:30", "2026-01-05")]
    [InlineData("2026-01-05T15:30:00+05:30", SessionPhases.Closed, "2026-01-05T15:30:00+05:30", "2026-01-05T15:40:00+05:30", "2026-01-05")]
    [InlineData(
        "2026-01-05T15:50:00+05:30",
        SessionPhases.PostClose,
        "2026-01-05T15:40:00+05:30",
        "2026-01-05T16:00:00+05:30",
        "2026-01-05"
    )]
    [InlineData("2026-01-09T16:00:00+05:30", SessionPhases.Closed, "2026-01-09T16:00:00+05:30", "2026-01-12T09:00:00+05:30", "2026-01-12")] // Friday evening
    [InlineData("2026-01-15T11:00:00+05:30", SessionPhases.Closed, "2026-01-14T16:00:00+05:30", "2026-01-16T09:00:00+05:30", "2026-01-16")] // a holiday
    [InlineData("2026-02-01T11:00:00+05:30", SessionPhases.Regular, "2026-02-01T09:15:00+05:30", "2026-02-01T15:30:00+05:30", "2026-02-01")] // a Sunday with a budget
    [InlineData("2025-10-21T12:00:00+05:30", SessionPhases.Closed, "2025-10-20T16:00:00+05:30", "2025-10-21T13:30:00+05:30", "2025-10-21")]
    [InlineData("2025-10-21T14:00:00+05:30", SessionPhases.Regular, "2025-10-21T13:45:00+05:30", "2025-10-21T14:45:00+05:30", "2025-10-21")] // muhurat on a holiday
    [InlineData("2024-05-18T10:30:00+05:30", SessionPhases.Closed, "2024-05-18T10:00:00+05:30", "2024-05-18T11:15:00+05:30", "2024-05-18")] // between two sessions of a Saturday
    public void Knows_the_stretches_of_NSE(string time, SessionPhases phase, string start, string end, string day) =>
        AssertSpan(Nse, time, phase, start, end, day);

    [Theory]
    [InlineData("2024-03-08T09:30:00-05:00", SessionPhases.Regular, "2024-03-08T09:30:00-05:00", "2024-03-08T16:00:00-05:00", "2024-03-08")]
    [InlineData("2024-03-11T09:29:59-04:00", SessionPhases.PreOpen, "2024-03-11T04:00:00-04:00", "2024-03-11T09:30:00-04:00", "2024-03-11")] // summer time began
    [InlineData("2024-03-10T12:00:00-04:00", SessionPhases.Closed, "2024-03-08T20:00:00-05:00", "2024-03-11T04:00:00-04:00", "2024-03-11")]
    [InlineData("2024-11-04T09:30:00-05:00", SessionPhases.Regular, "2024-11-04T09:30:00-05:00", "2024-11-04T16:00:00-05:00", "2024-11-04")] // and ended
    [InlineData(
        "2024-11-29T13:00:00-05:00",
        SessionPhases.PostClose,
        "2024-11-29T13:00:00-05:00",
        "2024-11-29T17:00:00-05:00",
        "2024-11-29"
    )] // half day
    [InlineData("2024-11-28T12:00:00-05:00", SessionPhases.Closed, "2024-11-27T20:00:00-05:00", "2024-11-29T04:00:00-05:00", "2024-11-29")] // Thanksgiving
    [InlineData("2025-01-09T12:00:00-05:00", SessionPhases.Closed, "2025-01-08T20:00:00-05:00", "2025-01-10T04:00:00-05:00", "2025-01-10")] // mourning
    public void Knows_the_stretches_of_US_equities(string time, SessionPhases phase, string start, string end, string day) =>
        AssertSpan(Us, time, phase, start, end, day);

    [Theory]
    [InlineData(
        NseSegment.Cash,
        "2026-08-03T15:20:00+05:30",
        SessionPhases.Regular,
        "2026-08-03T09:15:00+05:30",
        "2026-08-03T15:30:00+05:30"
    )]
    [InlineData(
        NseSegment.CashWithDerivatives,
        "2026-07-31T15:20:00+05:30",
        SessionPhases.Regular,
        "2026-07-31T09:15:00+05:30",
        "2026-07-31T15:30:00+05:30"
    )]
    [InlineData(
        NseSegment.CashWithDerivatives,
        "2026-08-03T15:14:59+05:30",
        SessionPhases.Regular,
        "2026-08-03T09:15:00+05:30",
        "2026-08-03T15:15:00+05:30"
    )]
    [InlineData(
        NseSegment.CashWithDerivatives,
        "2026-08-03T15:20:00+05:30",
        SessionPhases.PostClose,
        "2026-08-03T15:15:00+05:30",
        "2026-08-03T16:00:00+05:30"
    )]
    [InlineData(
        NseSegment.Derivatives,
        "2026-07-31T15:35:00+05:30",
        SessionPhases.Closed,
        "2026-07-31T15:30:00+05:30",
        "2026-08-03T09:15:00+05:30"
    )]
    [InlineData(
        NseSegment.Derivatives,
        "2026-08-03T15:35:00+05:30",
        SessionPhases.Regular,
        "2026-08-03T09:15:00+05:30",
        "2026-08-03T15:40:00+05:30"
    )]
    [InlineData(
        NseSegment.Derivatives,
        "2024-11-01T18:30:00+05:30",
        SessionPhases.Regular,
        "2024-11-01T18:00:00+05:30",
        "2024-11-01T19:00:00+05:30"
    )] // muhurat
    [InlineData(
        NseSegment.Derivatives,
        "2024-05-18T11:20:00+05:30",
        SessionPhases.Closed,
        "2024-05-18T10:00:00+05:30",
        "2024-05-18T11:30:00+05:30"
    )]
    public void Hours_of_NSE_differ_by_segment(NseSegment segment, string time, SessionPhases phase, string start, string end)
    {
        var span = NseCalendar.Create([], segment).SessionOf(Micros(time));
        Assert.Equal((phase, Micros(start), Micros(end)), (span.Phase, span.StartMicros, span.EndMicros));
    }

    [Fact]
    public void Lists_the_holidays_that_NSE_published()
    {
        // Circulars NSE/CMTR/59722, 65587 and 71775 with their amendments (2024-01-22, 05-20, 11-20; 2026-01-15); days with a muhurat hour
        // are not closed.
        Assert.Equal("01-22 01-26 03-08 03-25 03-29 04-11 04-17 05-01 05-20 06-17 07-17 08-15 10-02 11-15 11-20 12-25", Closed(2024));
        Assert.Equal("02-26 03-14 03-31 04-10 04-14 04-18 05-01 08-15 08-27 10-02 10-22 11-05 12-25", Closed(2025));
        Assert.Equal("01-15 01-26 03-03 03-26 03-31 04-03 04-14 05-01 05-28 06-26 09-14 10-02 10-20 11-10 11-24 12-25", Closed(2026));

        static string Closed(int year) =>
            string.Join(
                ' ',
                Days(year)
                    .Where(static day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Nse.IsTradingDay(day))
                    .Select(static day => day.ToString("MM-dd", CultureInfo.InvariantCulture))
            );
    }

    [Fact]
    public void Computes_the_days_of_US_equities_that_NYSE_published_for_2024_to_2026()
    {
        Assert.Equal(["01-01", "01-15", "02-19", "03-29", "05-27", "06-19", "07-04", "09-02", "11-28", "12-25"], HolidaysOf(2024));
        Assert.Equal(["07-03", "11-29", "12-24"], HalfDaysOf(2024));
        Assert.Equal(["01-01", "01-19", "02-16", "04-03", "05-25", "06-19", "07-03", "09-07", "11-26", "12-25"], HolidaysOf(2026));
        Assert.Equal(["12-26", "12-24"], [HalfDaysOf(2003)[^1], HalfDaysOf(2025)[^1]]); // no half day after the Christmas of 2025
        Assert.Equal(["12-31"], HalfDaysOf(1999).TakeLast(1));
    }

    [Fact]
    public void Computes_the_holidays_of_US_equities()
    {
        // Published by NYSE.
        Assert.Equal(["01-01", "01-20", "02-17", "04-18", "05-26", "06-19", "07-04", "09-01", "11-27", "12-25"], HolidaysOf(2025));
        Assert.Equal(
            ["01-17", "02-21", "04-15", "05-30", "06-20", "07-04", "09-05", "11-24", "12-26"], // New Year on a Saturday is not moved
            HolidaysOf(2022)
        );
        Assert.Equal(["01-01", "01-18", "02-15", "04-02", "05-31", "07-05", "09-06", "11-25", "12-24"], HolidaysOf(2021)); // before Juneteenth
        Assert.Equal(["07-03", "11-28", "12-24"], HalfDaysOf(2025));
        Assert.Equal(["07-03", "11-29", "12-24"], HalfDaysOf(2013));
        Assert.Equal(["07-05", "11-29", "12-24"], HalfDaysOf(2002));
        Assert.Equal(["11-27", "12-24"], HalfDaysOf(2026)); // July 3 is the holiday
        Assert.Equal(["11-26"], HalfDaysOf(2021)); // December 24 is the holiday
    }

    [Theory]
    [InlineData(2000, "04-23")]
    [InlineData(2008, "03-23")]
    [InlineData(2024, "03-31")]
    [InlineData(2038, "04-25")]
    public void Computes_Easter(int year, string expected) =>
        Assert.Equal(expected, UsEquityCalendar.Easter(year).ToString("MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void Counts_the_trading_days_of_NSE()
    {
        // 2024: 262 weekdays, 17 holidays, on one of which was the muhurat hour; three Saturdays.
        Assert.Equal(262 - 17 + 1 + 3, Days(2024).Count(Nse.IsTradingDay));
        Assert.False(Nse.IsTradingDay(new DateOnly(2024, 1, 22)));
    }

    [Theory]
    [InlineData("2026-01-05T09:15:00+05:30", "2026-01-05T09:15:00+05:30", "2026-01-05T15:30:00+05:30")]
    [InlineData("2026-01-05T10:00:00+05:30", "2026-01-06T09:15:00+05:30", "2026-01-05T15:30:00+05:30")]
    [InlineData("2026-01-09T15:45:00+05:30", "2026-01-12T09:15:00+05:30", "2026-01-12T15:30:00+05:30")]
    [InlineData("2024-03-02T10:30:00+05:30", "2024-03-02T11:30:00+05:30", "2024-03-02T12:30:00+05:30")]
    public void Finds_next_open_and_close(string time, string open, string close)
    {
        Assert.Equal(Micros(open), Nse.NextOpen(Micros(time)));
        Assert.Equal(Micros(close), Nse.NextClose(Micros(time)));
    }

    [Fact]
    public void The_day_never_ends_around_the_clock()
    {
        var midnight = EventTime.MicrosPerDay * 20_000;
        Assert.True(SessionCalendar.UtcDays.IsOpen(midnight - 1));
        Assert.Equal(midnight, SessionCalendar.UtcDays.NextOpen(midnight));
        Assert.Equal(midnight + EventTime.MicrosPerDay, SessionCalendar.UtcDays.NextOpen(midnight + 1));
        Assert.Equal(midnight, SessionCalendar.UtcDays.NextClose(midnight - 1));
        Assert.Equal(new DateOnly(2024, 10, 4), SessionCalendar.UtcDays.TradingDay(midnight));
    }

    [Fact]
    public void Overrides_add_a_muhurat_session_and_a_holiday()
    {
        var muhurat = new DateOnly(2026, 11, 8);
        var calendar = NseCalendar.Create([
            new(muhurat, NseCalendar.Muhurat(new TimeSpan(18, 0, 0), new TimeSpan(18, 15, 0))),
            new(new DateOnly(2026, 1, 5), []),
        ]);

        Assert.True(calendar.IsOpen(Micros("2026-11-08T18:15:00+05:30")));
        Assert.False(calendar.IsOpen(Micros("2026-01-05T11:00:00+05:30")));
        Assert.False(Nse.IsTradingDay(muhurat));
        Assert.True(Nse.IsOpen(Micros("2026-01-05T11:00:00+05:30")));
    }

    [Fact]
    public void Spans_tile_time()
    {
        // Zones whose clocks jump at midnight, by half an hour, or over a whole day (Samoa, 2011-12-30).
        string[] zones =
        [
            "America/New_York",
            "America/Sao_Paulo",
            "America/Havana",
            "Africa/Cairo",
            "Asia/Beirut",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Europe/London",
        ];
        var aroundTheClock = zones.Select(static zone => new ExchangeCalendar(
            zone,
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            [new(SessionPhases.Regular, TimeSpan.Zero, TimeSpan.FromDays(1))],
            static _ => false
        ));
        foreach (
            var calendar in (SessionCalendar[])
                [
                    Nse,
                    Us,
                    .. zones.Select(static zone => SessionCalendar.DaysIn(TimeZoneInfo.FindSystemTimeZoneById(zone))),
                    .. aroundTheClock,
                ]
        )
        {
            var at = Micros("2011-01-01T00:00:00Z");
            for (var i = 0; i < 5_500; i++)
            {
                var span = calendar.SessionOf(at);
                Assert.True(span.Contains(at));
                Assert.Equal(span, calendar.SessionOf(span.StartMicros));
                Assert.Equal(span, calendar.SessionOf(span.EndMicros - 1));
                at = span.EndMicros;
            }
        }
    }

    [Fact]
    public void Bars_follow_the_sessions_of_the_exchange()
    {
        var builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromHours(1), Nse);
        var open = Micros("2026-01-05T09:15:00+05:30");
        var bars = new List<Bar>();
        for (var minute = -15; minute < (24 * 60) + 30; minute += 5)
        {
            if (
                builder.Update(
                    new PackedTick
                    {
                        TimeMicros = open + (minute * 60_000_000L),
                        Symbol = 0,
                        Kind = TickKind.Trade,
                        Price = Price.FromNanos(1_000_000_000),
                    },
                    out var bar
                )
            )
            {
                bars.Add(bar);
            }
        }

        // Six whole hours, and 15:15 to the close; the ticks of the pre-open, the closing session and the night make none.
        Assert.Equal(7, bars.Count);
        Assert.Equal((open + (6 * 3_600_000_000L), Micros("2026-01-05T15:30:00+05:30")), (bars[^1].StartMicros, bars[^1].EndMicros));
        Assert.Equal(75, bars.Sum(static bar => bar.Ticks));
        Assert.Equal(3 + (24 * 12) - 75, builder.OutOfSession);
    }

    [Fact]
    public void A_calendar_refuses_stretches_out_of_order()
    {
        SessionTimes[] times =
        [
            new(SessionPhases.Regular, new TimeSpan(9, 0, 0), new TimeSpan(12, 0, 0)),
            new(SessionPhases.PostClose, new TimeSpan(11, 0, 0), new TimeSpan(13, 0, 0)),
        ];
        Assert.Throws<ArgumentException>(() => new ExchangeCalendar("X", TimeZoneInfo.Utc, times, static _ => false));
    }

    private static void AssertSpan(ExchangeCalendar calendar, string time, SessionPhases phase, string start, string end, string day)
    {
        var span = calendar.SessionOf(Micros(time));
        Assert.Equal(new SessionSpan(Micros(start), Micros(end), phase, DateOnly.Parse(day, CultureInfo.InvariantCulture)), span);
        Assert.Equal(phase == SessionPhases.Regular, calendar.IsOpen(Micros(time)));
        Assert.Equal(span.TradingDay, calendar.TradingDay(Micros(time)));
    }

    private static IEnumerable<DateOnly> Days(int year) =>
        Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays);

    private static IEnumerable<string> HolidaysOf(int year) =>
        Days(year)
            .Where(static day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && UsEquityCalendar.IsHoliday(day))
            .Select(static day => day.ToString("MM-dd", CultureInfo.InvariantCulture));

    private static List<string> HalfDaysOf(int year) =>
        [.. Days(year).Where(UsEquityCalendar.IsHalfDay).Select(static day => day.ToString("MM-dd", CultureInfo.InvariantCulture))];

    private static long Micros(string time) => EventTime.ToMicros(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
}
