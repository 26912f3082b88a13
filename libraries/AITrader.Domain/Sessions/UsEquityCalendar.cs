namespace AITrader.Domain.Sessions;

/// <summary>US equities (NYSE, NASDAQ): 09:30 to 16:00 America/New_York, pre-market from 04:00, after-hours to 20:00; half days end at
/// 13:00, and their after-hours at 17:00.</summary>
/// <remarks>
/// Holidays and half days follow the exchanges' rules (NYSE Rule 7.2 and NASDAQ's published calendars), from 1998 on: New Year's Day,
/// Martin Luther King Day, Washington's Birthday,
/// Good Friday, Memorial Day, Juneteenth (from 2022), Independence Day, Labor Day, Thanksgiving, Christmas. Closures that no rule knows are
/// a list below; a later one is given
/// to <see cref="Create"/>.
/// </remarks>
public static class UsEquityCalendar
{
    /// <summary>IANA time zone.</summary>
    public const string Zone = "America/New_York";

    private const int FirstJuneteenth = 2022;
    private const int FirstWednesdayHalf = 2013;

    private static readonly SessionTimes[] Normal = Day(new TimeSpan(16, 0, 0), new TimeSpan(20, 0, 0));
    private static readonly SessionTimes[] Half = Day(new TimeSpan(13, 0, 0), new TimeSpan(17, 0, 0));

    // Attacks of 2001, funerals of presidents (2004, 2007, 2018, 2025), hurricane Sandy.
    private static readonly DateOnly[] Closures =
    [
        new(2001, 9, 11),
        new(2001, 9, 12),
        new(2001, 9, 13),
        new(2001, 9, 14),
        new(2004, 6, 11),
        new(2007, 1, 2),
        new(2012, 10, 29),
        new(2012, 10, 30),
        new(2018, 12, 5),
        new(2025, 1, 9),
    ];

    /// <summary>The calendar by the rules.</summary>
    public static ExchangeCalendar Default { get; } = Create([]);

    /// <summary>The calendar by the rules, with further days without trading.</summary>
    public static ExchangeCalendar Create(IEnumerable<DateOnly> closures)
    {
        var closed = Closures.Concat(closures).ToHashSet();
        return new ExchangeCalendar(
            "US",
            TimeZoneInfo.FindSystemTimeZoneById(Zone),
            Normal,
            day => IsHoliday(day) || closed.Contains(day),
            shortDay: static day => IsHalfDay(day) ? Half : null
        );
    }

    /// <summary>Whether a weekday is a holiday by rule.</summary>
    public static bool IsHoliday(DateOnly day)
    {
        var year = day.Year;
        return (day == Observed(new DateOnly(year, 1, 1)) && day.Year == year) // on a Saturday it is not moved into the old year
            || day == Nth(year, 1, DayOfWeek.Monday, 3)
            || day == Nth(year, 2, DayOfWeek.Monday, 3)
            || day == Easter(year).AddDays(-2)
            || day == Last(year, 5, DayOfWeek.Monday)
            || (year >= FirstJuneteenth && day == Observed(new DateOnly(year, 6, 19)))
            || day == Observed(new DateOnly(year, 7, 4))
            || day == Nth(year, 9, DayOfWeek.Monday, 1)
            || day == Nth(year, 11, DayOfWeek.Thursday, 4)
            || day == Observed(new DateOnly(year, 12, 25));
    }

    /// <summary>Whether trading ends at 13:00: the day after Thanksgiving, Christmas Eve, July 3 (on a Wednesday from 2013; before, Friday
    /// July 5), and two days on their own.</summary>
    public static bool IsHalfDay(DateOnly day) =>
        !IsHoliday(day)
        && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && (
            day == Nth(day.Year, 11, DayOfWeek.Thursday, 4).AddDays(1)
            || day is { Month: 12, Day: 24, DayOfWeek: not DayOfWeek.Friday }
            || (
                day is { Month: 7, Day: 3, DayOfWeek: not DayOfWeek.Friday }
                && (day.DayOfWeek != DayOfWeek.Wednesday || day.Year >= FirstWednesdayHalf)
            )
            || (day is { Month: 7, Day: 5, DayOfWeek: DayOfWeek.Friday } && day.Year < FirstWednesdayHalf)
            || day is { Year: 1999, Month: 12, Day: 31 } or { Year: 2003, Month: 12, Day: 26 }
        );

    /// <summary>Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Jones, Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        var a = year % 19;
        var (b, c) = Math.DivRem(year, 100);
        var (d, e) = Math.DivRem(b, 4);
        var g = ((8 * b) + 13) / 25;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = Math.DivRem(c, 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (19 * l)) / 433;
        var month = (h + l - (7 * m) + 90) / 25;
        return new DateOnly(year, month, (h + l - (7 * m) + (33 * month) + 19) % 32);
    }

    private static SessionTimes[] Day(TimeSpan close, TimeSpan end) =>
        [
            new(SessionPhases.PreOpen, new TimeSpan(4, 0, 0), new TimeSpan(9, 30, 0)),
            new(SessionPhases.Regular, new TimeSpan(9, 30, 0), close),
            new(SessionPhases.PostClose, close, end),
        ];

    /// <summary>A holiday of a Saturday is kept on Friday, that of a Sunday on Monday.</summary>
    private static DateOnly Observed(DateOnly day) =>
        day.DayOfWeek switch
        {
            DayOfWeek.Saturday => day.AddDays(-1),
            DayOfWeek.Sunday => day.AddDays(1),
            _ => day,
        };

    private static DateOnly Nth(int year, int month, DayOfWeek weekday, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((weekday - first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }

    private static DateOnly Last(int year, int month, DayOfWeek weekday)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-((last.DayOfWeek - weekday + 7) % 7));
    }
}
