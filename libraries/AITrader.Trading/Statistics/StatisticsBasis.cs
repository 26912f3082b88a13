using AITrader.Domain.Sessions;

namespace AITrader.Trading.Statistics;

/// <summary>What statistics are measured against.</summary>
public sealed record StatisticsBasis
{
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

    private double PerPeriod(double rate) => Math.Pow(1 + rate, 1 / PeriodsPerYear) - 1;
}
