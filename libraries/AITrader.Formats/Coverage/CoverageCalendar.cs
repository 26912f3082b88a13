using AITrader.Domain.Sessions;

namespace AITrader.Formats.Coverage;

/// <summary>When data of a symbol can be expected.</summary>
/// <param name="Name">Name, such as nse.</param>
/// <param name="Sessions">When the market trades.</param>
/// <param name="FirstYear">First year whose holidays are known.</param>
/// <param name="LastYear">Last year whose holidays are known.</param>
public sealed record CoverageCalendar(string Name, SessionCalendar Sessions, int FirstYear, int LastYear)
{
    private const int FirstUsYear = 1998;

    /// <summary>NSE: of shares the hours that all of them have, with derivatives or without.</summary>
    public static CoverageCalendar Nse { get; } =
        new("nse", NseCalendar.Create([], NseSegment.CashWithDerivatives), NseCalendar.FirstYear, NseCalendar.LastYear);

    /// <summary>Futures and options of NSE.</summary>
    public static CoverageCalendar NseDerivatives { get; } =
        new("nfo", NseCalendar.Create([], NseSegment.Derivatives), NseCalendar.FirstYear, NseCalendar.LastYear);

    /// <summary>Shares of the United States.</summary>
    public static CoverageCalendar Us { get; } = new("us", UsEquityCalendar.Default, FirstUsYear, DateOnly.MaxValue.Year);

    /// <summary>Open all the time, as coins are.</summary>
    public static CoverageCalendar Always { get; } = new("always", SessionCalendar.UtcDays, DateOnly.MinValue.Year, DateOnly.MaxValue.Year);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CoverageCalendar> All { get; } = [Nse, NseDerivatives, Us, Always];

    /// <summary>Whether there are hours without trading.</summary>
    public bool HasClosedHours => !ReferenceEquals(Sessions, SessionCalendar.UtcDays);

    /// <summary>The calendar that a symbol's name tells: of NSE for <c>NSE:</c> and <c>NFO:</c>, else open all the time.</summary>
    public static CoverageCalendar Of(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return symbol.StartsWith("NSE:", StringComparison.Ordinal) ? Nse
            : symbol.StartsWith("NFO:", StringComparison.Ordinal) ? NseDerivatives
            : Always;
    }

    /// <summary>Whether the holidays of a day's year are known.</summary>
    public bool Knows(DateOnly day) => day.Year >= FirstYear && day.Year <= LastYear;
}
