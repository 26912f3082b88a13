using System.Globalization;

namespace AITrader.MockMcp.Market;

/// <summary>Kite's clock: UTC + 5:30, no daylight saving.</summary>
internal static class IndianTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(5.5);

    public static string Text(DateTimeOffset instant) =>
        instant.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Time of day only, as Kite has it in trades.</summary>
    public static string TimeText(DateTimeOffset instant) => instant.ToOffset(Offset).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static DateTime LocalOf(DateTimeOffset instant) => instant.ToOffset(Offset).DateTime;

    public static DateTime MinuteOf(DateTimeOffset instant)
    {
        var local = LocalOf(instant);
        return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
    }

    /// <summary>The moment of a local time.</summary>
    public static DateTimeOffset At(DateTime local) => new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Offset);

    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>06:00 of the next day: when sessions end.</summary>
    public static DateTimeOffset SessionEnd(DateTimeOffset login)
    {
        const int EndHour = 6;
        var local = login.ToOffset(Offset);
        return new DateTimeOffset(local.Date.AddDays(1).AddHours(EndHour), Offset);
    }
}
