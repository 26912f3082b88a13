using Microsoft.Extensions.Logging;

namespace AITrader.Venues.Binance;

/// <summary>What the Binance feed logs. Ids are permanent, and of market-data's block: alerts refer to them.</summary>
internal static partial class BinanceLog
{
    [LoggerMessage(5014, LogLevel.Warning, "The feed's REST answer to {Path} did not come: {Reason}")]
    public static partial void FeedRestFailed(this ILogger logger, string path, string reason);

    [LoggerMessage(5015, LogLevel.Information, "Trades of {Symbol} that were missed: all {Filled} fetched")]
    public static partial void TradesFilled(this ILogger logger, string symbol, long filled);

    [LoggerMessage(
        5016,
        LogLevel.Warning,
        "Trades of {Symbol} that were missed: the newest {Filled} fetched, {Missing} are missing for good (Feed:Binance:FillLimit is {Limit}; the venue may know no more); counted, the next trade is flagged after_gap"
    )]
    public static partial void TradesMissing(this ILogger logger, string symbol, long filled, long missing, int limit);

    [LoggerMessage(5019, LogLevel.Warning, "The venue answers {Status}: nothing is asked for {Seconds} s")]
    public static partial void FeedRestClosed(this ILogger logger, int status, double seconds);

    [LoggerMessage(
        5024,
        LogLevel.Warning,
        "{Books} order books are to be fetched at once: {Max} are requested at a time, at {Weight} of request weight a minute, as the venue limits them"
    )]
    public static partial void BooksPaced(this ILogger logger, int books, int max, double weight);
}
