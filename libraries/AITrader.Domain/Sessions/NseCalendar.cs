namespace AITrader.Domain.Sessions;

/// <summary>What is traded at NSE, as far as hours differ.</summary>
public enum NseSegment
{
    /// <summary>Shares and funds without derivatives.</summary>
    Cash,

    /// <summary>Shares that have derivatives: from 2026-08-03 a closing auction from 15:15 to 15:35 ends their continuous
    /// trading.</summary>
    CashWithDerivatives,

    /// <summary>Futures and options on shares and indices: no closing session, and from 2026-08-03 to 15:40. Their pre-open, which is of
    /// futures alone, is not listed.</summary>
    Derivatives,
}

/// <summary>NSE's equity segment: 09:15 to 15:30 Asia/Kolkata, pre-open from 09:00, closing session 15:40 to 16:00; holidays and special
/// sessions of the listed years.</summary>
/// <remarks>
/// No rule gives NSE's holidays: they are lists that the exchange publishes each December and amends by circular. Outside of
/// <see cref="FirstYear"/> to <see cref="LastYear"/> every
/// weekday counts as open; what a list lacks is given to <see cref="Create"/>. Sources: NSE circulars "Trading holidays for the calendar
/// year" 2023 to 2026 with their amendments
/// (2024-01-22, 2024-05-20, 2024-11-20, 2026-01-15), those of muhurat trading 2023 to 2025, of the disaster recovery sessions of March and
/// May 2024, of the budget days 2025 and 2026, and of the closing auction (January and May 2026).
/// Of 2026 muhurat trading is on Sunday, November 8; its hours, which come by a later circular, are not listed.
/// </remarks>
public static class NseCalendar
{
    /// <summary>IANA time zone; it has no clock changes.</summary>
    public const string Zone = "Asia/Kolkata";

    /// <summary>First year whose holidays are listed.</summary>
    public const int FirstYear = 2023;

    /// <summary>Last year whose holidays are listed.</summary>
    public const int LastYear = 2026;

    /// <summary>First day with a closing auction of the stocks that have derivatives, and with longer hours of these.</summary>
    private static readonly DateOnly FirstAuction = new(2026, 8, 3);

    private static readonly SessionTimes[] WithAuction =
    [
        new(SessionPhases.PreOpen, At(9, 0), At(9, 15)),
        new(SessionPhases.Regular, At(9, 15), At(15, 15)),
        new(SessionPhases.PostClose, At(15, 15), At(16, 0)), // auction to 15:35, then the closing session
    ];

    private static readonly SessionTimes[] Derivatives = [new(SessionPhases.Regular, At(9, 15), At(15, 30))];
    private static readonly SessionTimes[] LongerDerivatives = [new(SessionPhases.Regular, At(9, 15), At(15, 40))];

    private static readonly SessionTimes[] Normal =
    [
        new(SessionPhases.PreOpen, At(9, 0), At(9, 15)),
        new(SessionPhases.Regular, At(9, 15), At(15, 30)),
        new(SessionPhases.PostClose, At(15, 40), At(16, 0)),
    ];

    // Month and day of the weekdays without trading.
    private static readonly Dictionary<int, int[]> Holidays = new()
    {
        [2023] = [126, 307, 330, 404, 407, 414, 501, 629, 815, 919, 1002, 1024, 1114, 1127, 1225],
        [2024] = [122, 126, 308, 325, 329, 411, 417, 501, 520, 617, 717, 815, 1002, 1101, 1115, 1120, 1225],
        [2025] = [226, 314, 331, 410, 414, 418, 501, 815, 827, 1002, 1021, 1022, 1105, 1225],
        [2026] = [115, 126, 303, 326, 331, 403, 414, 501, 528, 626, 914, 1002, 1020, 1110, 1124, 1225],
    };

    private static readonly Dictionary<DateOnly, IReadOnlyList<SessionTimes>> Special = new()
    {
        [new(2023, 11, 12)] = Muhurat(At(18, 0), At(18, 15)),
        [new(2024, 1, 20)] = Normal, // a Saturday, for the holiday of the 22nd
        [new(2024, 3, 2)] = RecoveryTest(),
        [new(2024, 5, 18)] = RecoveryTest(),
        [new(2024, 11, 1)] = Muhurat(At(17, 45), At(18, 0)),
        [new(2025, 2, 1)] = Normal, // a Saturday, for the budget
        [new(2025, 10, 21)] = Muhurat(At(13, 30), At(13, 45)),
        [new(2026, 2, 1)] = Normal, // a Sunday, for the budget
    };

    /// <summary>The calendar as listed.</summary>
    public static ExchangeCalendar Default { get; } = Create([]);

    /// <summary>The calendar as listed, with days that differ: muhurat and other special sessions, later holidays (an empty list of
    /// stretches).</summary>
    /// <param name="overrides">Days with their stretches.</param>
    /// <param name="segment">What is traded.</param>
    public static ExchangeCalendar Create(
        IEnumerable<KeyValuePair<DateOnly, IReadOnlyList<SessionTimes>>> overrides,
        NseSegment segment = NseSegment.Cash
    )
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var isDerivatives = segment == NseSegment.Derivatives;
        var special = Special.ToDictionary(
            static day => day.Key,
            day => isDerivatives ? [.. day.Value.Where(static times => times.Phase == SessionPhases.Regular)] : day.Value
        );
        foreach (var (day, times) in overrides)
        {
            special[day] = times;
        }

        return new ExchangeCalendar(
            "NSE",
            TimeZoneInfo.FindSystemTimeZoneById(Zone),
            isDerivatives ? Derivatives : Normal,
            IsHoliday,
            special,
            day => Later(day, segment)
        );
    }

    /// <summary>The stretches of muhurat trading: an hour after its pre-open, then a closing session of ten minutes.</summary>
    public static IReadOnlyList<SessionTimes> Muhurat(TimeSpan preOpen, TimeSpan open) =>
        [
            new(SessionPhases.PreOpen, preOpen, open),
            new(SessionPhases.Regular, open, open + At(1, 0)),
            new(SessionPhases.PostClose, open + At(1, 10), open + At(1, 20)),
        ];

    private static SessionTimes[]? Later(DateOnly day, NseSegment segment) =>
        day < FirstAuction
            ? null
            : segment switch
            {
                NseSegment.CashWithDerivatives => WithAuction,
                NseSegment.Derivatives => LongerDerivatives,
                _ => null,
            };

    private static bool IsHoliday(DateOnly day) =>
        Holidays.TryGetValue(day.Year, out var days) && days.Contains((day.Month * 100) + day.Day);

    /// <summary>Switch to the recovery site in the middle of a short day.</summary>
    private static SessionTimes[] RecoveryTest() =>
        [
            new(SessionPhases.PreOpen, At(9, 0), At(9, 15)),
            new(SessionPhases.Regular, At(9, 15), At(10, 0)),
            new(SessionPhases.PreOpen, At(11, 15), At(11, 30)),
            new(SessionPhases.Regular, At(11, 30), At(12, 30)),
            new(SessionPhases.PostClose, At(12, 40), At(12, 50)),
        ];

    private static TimeSpan At(int hour, int minute) => new(hour, minute, 0);
}
