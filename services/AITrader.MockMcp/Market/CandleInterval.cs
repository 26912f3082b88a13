namespace AITrader.MockMcp.Market;

/// <summary>A length of candles that can be asked for, and the most days of it in one request.</summary>
internal sealed record CandleInterval(string Name, int Minutes, int MaxDays)
{
    public const int DayMinutes = 24 * 60;

    public static IReadOnlyList<CandleInterval> All { get; } =
    [
        new("minute", 1, 60),
        new("3minute", 3, 100),
        new("5minute", 5, 100),
        new("10minute", 10, 100),
        new("15minute", 15, 200),
        new("30minute", 30, 200),
        new("60minute", 60, 400),
        new("day", DayMinutes, 2000),
    ];

    public bool IsDay => Minutes == DayMinutes;

    public static CandleInterval? Find(string name) => All.FirstOrDefault(interval => interval.Name == name);

    /// <summary>Start of the candle that a minute lies in: days by the calendar, shorter ones counted from 09:15.</summary>
    public DateTime StartOf(DateTime minute)
    {
        if (IsDay)
        {
            return minute.Date;
        }

        var since = (int)(minute - minute.Date.Add(TradingHours.Open)).TotalMinutes;
        var into = ((since % Minutes) + Minutes) % Minutes;
        return minute.AddMinutes(-into);
    }
}
