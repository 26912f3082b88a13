using AITrader.Domain.Sessions;

namespace AITrader.Trading.Statistics;

/// <summary>What statistics are measured against.</summary>
public sealed record StatisticsBasis
{
    private const double DaysOfYear = 365;

    /// <summary>UTC days, 252 of them a year, no risk-free rate, no required return.</summary>
    public static StatisticsBasis Default { get; } = new();

    /// <summary>Whose days returns are taken over.</summary>
    public SessionCalendar Calendar { get; init; } = SessionCalendar.UtcDays;

    /// <summary>Daily returns a year: 252 for an exchange, 365 for a market that never closes.</summary>
    public double PeriodsPerYear { get; init; } = 252;

    /// <summary>Risk-free rate a year, as a fraction.</summary>
    public double RiskFreeRate { get; init; }

    /// <summary>Return a year that Sortino and Omega ask for, as a fraction.</summary>
    public double RequiredReturn { get; init; }

    /// <summary>Risk-free rate a day.</summary>
    public double RiskFreePerPeriod => PerPeriod(RiskFreeRate);

    /// <summary>Required return a day.</summary>
    public double RequiredPerPeriod => PerPeriod(RequiredReturn);

    /// <summary>The basis for a run: sessions of NSE where everything trades there and the calendar knows the years; elsewhere UTC days.
    /// Without a symbol it is the default.</summary>
    /// <param name="symbols">What was traded.</param>
    /// <param name="from">Start of the run.</param>
    /// <param name="to">End of the run.</param>
    public static StatisticsBasis For(IReadOnlyCollection<string> symbols, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        var isNse = symbols.All(static symbol => symbol.StartsWith("NSE:", StringComparison.Ordinal));
        var isKnown = symbols.Count > 0 && from.Year >= NseCalendar.FirstYear && to.Year <= NseCalendar.LastYear;
        return !isNse ? Default with { PeriodsPerYear = DaysOfYear }
            : isKnown ? Default with { Calendar = NseCalendar.Default }
            : Default;
    }

    private double PerPeriod(double rate) => Math.Pow(1 + rate, 1 / PeriodsPerYear) - 1;
}
