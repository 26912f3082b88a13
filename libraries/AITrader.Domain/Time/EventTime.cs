namespace AITrader.Domain.Time;

/// <summary>Event times of the hot path: whole microseconds since 1970-01-01 UTC.</summary>
public static class EventTime
{
    /// <summary>Microseconds in one second.</summary>
    public const long MicrosPerSecond = 1_000_000;

    /// <summary>Microseconds in one day.</summary>
    public const long MicrosPerDay = 86_400 * MicrosPerSecond;

    /// <summary>Last moment that <see cref="DateTimeOffset"/> can hold.</summary>
    public const long MaxMicros = 253_402_300_799_999_999;

    /// <summary>Truncates a moment to whole microseconds.</summary>
    public static long ToMicros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The moment as UTC date and time.</summary>
    public static DateTimeOffset FromMicros(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>Number of the UTC day since 1970: the trading session that a tick belongs to.</summary>
    public static long Session(long micros) => Math.DivRem(micros, MicrosPerDay, out var rest) - (rest < 0 ? 1 : 0);
}
