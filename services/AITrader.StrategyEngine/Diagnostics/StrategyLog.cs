namespace AITrader.StrategyEngine.Diagnostics;

/// <summary>What the engine says. Event ids 5000 to 5099.</summary>
internal static partial class StrategyLog
{
    [LoggerMessage(5000, LogLevel.Information, "Follows replay {Run}")]
    public static partial void Follows(this ILogger logger, string run);

    [LoggerMessage(5001, LogLevel.Error, "Signal {SignalId} of {Symbol} cannot be decided and goes to the dead letters")]
    public static partial void Undecidable(this ILogger logger, Exception failure, Guid signalId, string symbol);

    [LoggerMessage(5002, LogLevel.Information, "No sentiment factor: {Reason}")]
    public static partial void NoSentiment(this ILogger logger, string reason);

    [LoggerMessage(5003, LogLevel.Information, "{Pattern} of {Symbol} (signal {SignalId}): {Action} {Quantity}, score {Score}")]
    public static partial void Ordered(
        this ILogger logger,
        string pattern,
        string symbol,
        Guid signalId,
        string action,
        decimal quantity,
        decimal score
    );

    [LoggerMessage(
        5004,
        LogLevel.Warning,
        "Order {OrderId}, sent at {SentAt}, never arrived at the execution engine and is sent again (attempt {Attempt}): the bus has lost it"
    )]
    public static partial void OrderSentAgain(this ILogger logger, Guid orderId, DateTimeOffset sentAt, int attempt);
}
