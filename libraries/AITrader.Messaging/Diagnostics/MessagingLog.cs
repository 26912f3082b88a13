using Microsoft.Extensions.Logging;

namespace AITrader.Messaging.Diagnostics;

/// <summary>Log messages of the bus.</summary>
internal static partial class MessagingLog
{
    [LoggerMessage(9001, LogLevel.Warning, "Group {Group} was missing on {Stream}; made again at the stream's start")]
    public static partial void GroupCreatedAgain(this ILogger logger, string group, string stream);

    [LoggerMessage(9002, LogLevel.Error, "{Count} entries of {Stream} were trimmed before {Group} acknowledged them; first {First}")]
    public static partial void EntriesLost(this ILogger logger, int count, string stream, string group, string first);

    [LoggerMessage(
        9003,
        LogLevel.Error,
        "Entry {Id} of {Stream} goes to the dead letters of {Group} after {Deliveries} deliveries: {Reason}"
    )]
    public static partial void DeadLettered(this ILogger logger, string id, string stream, string group, int deliveries, string reason);

    [LoggerMessage(9004, LogLevel.Warning, "Consumer {Group} on {Stream} is held up, and goes on when it can")]
    public static partial void ConsumerInterrupted(this ILogger logger, Exception failure, string group, string stream);

    [LoggerMessage(9005, LogLevel.Information, "Consumer {Group} on {Stream} goes on")]
    public static partial void ConsumerResumed(this ILogger logger, string group, string stream);

    [LoggerMessage(9006, LogLevel.Warning, "A batch of {Count} failed in {Group} on {Stream}; trying its entries one by one")]
    public static partial void BatchFailed(this ILogger logger, Exception failure, int count, string group, string stream);

    [LoggerMessage(9007, LogLevel.Information, "Consumer {Consumer} of {Group} took over {Count} entries of {Stream}")]
    public static partial void TookOver(this ILogger logger, string consumer, string group, int count, string stream);

    [LoggerMessage(9009, LogLevel.Debug, "This start or stop was not written down")]
    public static partial void RestartsNotStored(this ILogger logger, Exception failure);

    [LoggerMessage(9008, LogLevel.Debug, "Stream metrics could not be sampled")]
    public static partial void NotSampled(this ILogger logger, Exception failure);
}
