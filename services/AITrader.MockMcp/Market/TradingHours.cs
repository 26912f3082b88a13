namespace AITrader.MockMcp.Market;

/// <summary>NSE's hours, by India's clock.</summary>
internal static class TradingHours
{
    public static readonly TimeSpan Open = new(9, 15, 0);

    public static readonly TimeSpan Close = new(15, 30, 0);

    /// <summary>When the broker ends intraday positions.</summary>
    public static readonly TimeSpan SquareOff = new(15, 20, 0);

    public static bool Contain(DateTime local) => IsWorkday(local) && local.TimeOfDay >= Open && local.TimeOfDay < Close;

    /// <summary>The first opening after a moment.</summary>
    public static DateTime NextOpen(DateTime local)
    {
        var day = local.TimeOfDay < Open ? local.Date : local.Date.AddDays(1);
        while (!IsWorkday(day))
        {
            day = day.AddDays(1);
        }

        return day.Add(Open);
    }

    private static bool IsWorkday(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
