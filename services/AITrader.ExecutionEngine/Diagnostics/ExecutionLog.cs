using AITrader.Domain.Orders;

namespace AITrader.ExecutionEngine.Diagnostics;

/// <summary>What the engine says. Event ids 6000 to 6099.</summary>
internal static partial class ExecutionLog
{
    [LoggerMessage(
        6000,
        LogLevel.Information,
        "Account {Account} of run '{Run}' loaded: {Executions} executions, {Working} working orders, trading {State}, market as of {Seq}"
    )]
    public static partial void AccountLoaded(
        this ILogger logger,
        int account,
        string run,
        long executions,
        int working,
        string state,
        long seq
    );

    [LoggerMessage(6001, LogLevel.Critical, "Account in doubt, trading halted: {Reason}")]
    public static partial void AccountInDoubt(this ILogger logger, string reason);

    [LoggerMessage(6002, LogLevel.Warning, "Trading is {State}: {Reason}")]
    public static partial void TradingState(this ILogger logger, string state, string reason);

    [LoggerMessage(6003, LogLevel.Warning, "Order {OrderId} denied: {Reason}")]
    public static partial void Denied(this ILogger logger, Guid orderId, string reason);

    [LoggerMessage(6004, LogLevel.Warning, "Order {OrderId} was executed beyond its quantity by {Overfill}")]
    public static partial void Overfilled(this ILogger logger, Guid orderId, decimal overfill);

    [LoggerMessage(6005, LogLevel.Information, "Replay {Run} begins at tick {Seq}")]
    public static partial void RunBegins(this ILogger logger, string run, long seq);

    [LoggerMessage(6006, LogLevel.Information, "Order {OrderId} taken: {Side} {Quantity} {Symbol}")]
    public static partial void Taken(this ILogger logger, Guid orderId, Side side, decimal quantity, string symbol);

    [LoggerMessage(6007, LogLevel.Information, "Order {OrderId} executed: {Side} {Quantity} {Symbol} at {Price}")]
    public static partial void Executed(this ILogger logger, Guid orderId, Side side, decimal quantity, string symbol, decimal price);

    [LoggerMessage(
        6008,
        LogLevel.Warning,
        "Limits applied: {Scopes} stored, account {Bounds}; switched off: {Kills}; {Cancelled} orders cancelled"
    )]
    public static partial void RiskApplied(this ILogger logger, int scopes, string bounds, string kills, int cancelled);

    [LoggerMessage(6009, LogLevel.Error, "Limits of {Scope} {Name} cannot be read, no order of it that adds risk passes: {Problem}")]
    public static partial void LimitsUnreadable(this ILogger logger, string scope, string name, string problem);

    [LoggerMessage(6010, LogLevel.Critical, "Trading halted by a check: {Reason}")]
    public static partial void HaltedByCheck(this ILogger logger, string reason);

    [LoggerMessage(
        6028,
        LogLevel.Warning,
        "Adjustment {Id} ({Kind} of {Symbol}) is {State} {Reason}: {Before} units are {After}, cash {Amount}"
    )]
    public static partial void Adjusted(
        this ILogger logger,
        Guid id,
        string kind,
        string symbol,
        string state,
        string reason,
        decimal before,
        decimal after,
        decimal amount
    );
}
