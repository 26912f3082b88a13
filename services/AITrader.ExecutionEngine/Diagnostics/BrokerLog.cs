namespace AITrader.ExecutionEngine.Diagnostics;

/// <summary>What the engine says of the broker. Event ids 6020 to 6039.</summary>
internal static partial class BrokerLog
{
    [LoggerMessage(6020, LogLevel.Information, "The books of {Broker} and ours are compared; live orders are taken, {Open} are there")]
    public static partial void BooksAgree(this ILogger logger, string broker, int open);

    [LoggerMessage(6021, LogLevel.Warning, "The broker's books differ ({Kind} {Key}): ours {Ours}, theirs {Theirs}; policy {Policy}")]
    public static partial void BooksDiffer(this ILogger logger, string kind, string key, string ours, string theirs, string policy);

    [LoggerMessage(6022, LogLevel.Critical, "Order {OrderId} (tag {Tag}) is unknown since {Since}: it may be at the broker")]
    public static partial void StaysUnknown(this ILogger logger, Guid orderId, string tag, DateTimeOffset since);

    [LoggerMessage(6023, LogLevel.Warning, "Order {OrderId} (tag {Tag}) was never taken by the broker and is sent again")]
    public static partial void SendsAgain(this ILogger logger, Guid orderId, string tag);

    [LoggerMessage(6024, LogLevel.Error, "{Broker} was away for {Outage}: all working orders are cancelled")]
    public static partial void WasAway(this ILogger logger, string broker, TimeSpan outage);

    [LoggerMessage(6025, LogLevel.Warning, "The broker's updates of orders are not heard, its books are read all the same: {Reason}")]
    public static partial void UpdatesLost(this ILogger logger, string reason);

    [LoggerMessage(6026, LogLevel.Warning, "Stopped at {Step} as the file of the setting OrderPath:StopFile asks: kill this process")]
    public static partial void StoppedAt(this ILogger logger, string step);

    [LoggerMessage(6027, LogLevel.Error, "{Origins} silent for {Silence}: {Cancelled} working orders are cancelled")]
    public static partial void OriginsSilent(this ILogger logger, string origins, TimeSpan silence, int cancelled);
}
