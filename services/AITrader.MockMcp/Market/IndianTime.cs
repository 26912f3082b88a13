using System.Globalization;

namespace AITrader.MockMcp.Market;

/// <summary>Kite's clock: UTC + 5:30, no daylight saving.</summary>
internal static class IndianTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(5.5);

    public static string Text(DateTimeOffset instant) =>
        instant.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>06:00 of the next day: when sessions end.</summary>
    public static DateTimeOffset SessionEnd(DateTimeOffset login)
    {
        const int EndHour = 6;
        var local = login.ToOffset(Offset);
        return new DateTimeOffset(local.Date.AddDays(1).AddHours(EndHour), Offset);
    }
}
