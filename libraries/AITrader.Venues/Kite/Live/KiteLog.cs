using Microsoft.Extensions.Logging;

namespace AITrader.Venues.Kite.Live;

/// <summary>What the Kite feed logs. Ids are permanent, and of market-data's block: alerts refer to them.</summary>
internal static partial class KiteLog
{
    [LoggerMessage(
        5013,
        LogLevel.Warning,
        "The day's price bands of {Count} instruments are not known, so no price of theirs counts as outside: {Reason}"
    )]
    public static partial void NoPriceBands(this ILogger logger, int count, string reason);

    [LoggerMessage(
        5018,
        LogLevel.Warning,
        "What {Instruments} instruments traded while the service was down cannot be fetched tick by tick, {Symbols}: the first tick of each is flagged after_gap"
    )]
    public static partial void RecordingBroken(this ILogger logger, int instruments, string symbols);
}
