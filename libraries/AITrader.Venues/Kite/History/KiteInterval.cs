namespace AITrader.Venues.Kite.History;

/// <summary>A length of Kite's candles.</summary>
/// <param name="Name">As Kite calls it.</param>
/// <param name="Period">As we call it, such as 1m.</param>
/// <param name="Length">How long a candle lasts.</param>
/// <param name="MaxDays">Most days that Kite gives at once.</param>
/// <param name="IsByYear">Whether a file holds a year; else it holds a month.</param>
public sealed record KiteInterval(string Name, string Period, TimeSpan Length, int MaxDays, bool IsByYear = false)
{
    /// <summary>All of them. The limits are known from the texts of Kite's refusals.</summary>
    public static IReadOnlyList<KiteInterval> All { get; } =
    [
        new("minute", "1m", TimeSpan.FromMinutes(1), 60),
        new("3minute", "3m", TimeSpan.FromMinutes(3), 100),
        new("5minute", "5m", TimeSpan.FromMinutes(5), 100),
        new("10minute", "10m", TimeSpan.FromMinutes(10), 100),
        new("15minute", "15m", TimeSpan.FromMinutes(15), 200),
        new("30minute", "30m", TimeSpan.FromMinutes(30), 200),
        new("60minute", "1h", TimeSpan.FromHours(1), 400),
        new("day", "1d", TimeSpan.FromDays(1), 2000, IsByYear: true),
    ];

    /// <summary>Name of its folder in a folder of market data.</summary>
    public string Kind => $"bars-{Period}";

    /// <summary>The month or year that a day lies in.</summary>
    public (DateOnly From, DateOnly To) FileOf(DateOnly day) =>
        IsByYear
            ? (new DateOnly(day.Year, 1, 1), new DateOnly(day.Year + 1, 1, 1))
            : (new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, day.Month, 1).AddMonths(1));
}
