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
        "Order {OrderId} or its cancel, sent at {SentAt}, never arrived at the execution engine and is sent again (attempt {Attempt}): the bus has lost it"
    )]
    public static partial void OrderSentAgain(this ILogger logger, Guid orderId, DateTimeOffset sentAt, int attempt);

    [LoggerMessage(5005, LogLevel.Information, "Hosts {Count} strategies in {Run}, from tick {Seq} on")]
    public static partial void Hosts(this ILogger logger, int count, string run, long seq);

    [LoggerMessage(5006, LogLevel.Error, "Strategy {Strategy} cannot be loaded: {Reason}")]
    public static partial void NotLoaded(this ILogger logger, string strategy, string reason);

    [LoggerMessage(5007, LogLevel.Information, "Strategy {Strategy} runs in version {Version} after tick {Seq}")]
    public static partial void Loaded(this ILogger logger, string strategy, string version, long seq);

    [LoggerMessage(5008, LogLevel.Information, "Strategy {Strategy} says at {At}: {Text}")]
    public static partial void Says(this ILogger logger, string strategy, DateTimeOffset at, string text);

    [LoggerMessage(5009, LogLevel.Warning, "The flags cannot be read: what was last known holds")]
    public static partial void FlagsAreStale(this ILogger logger, Exception failure);

    [LoggerMessage(5010, LogLevel.Information, "The flags are read again")]
    public static partial void FlagsAreBack(this ILogger logger);

    [LoggerMessage(5011, LogLevel.Information, "{Run} runs with {Flags}, whatever they are set to meanwhile")]
    public static partial void RunsWithFlags(this ILogger logger, string run, string flags);

    [LoggerMessage(5012, LogLevel.Warning, "{Target} fails and is not called for a while: decisions go on without it")]
    public static partial void CutOff(this ILogger logger, string target);

    [LoggerMessage(5013, LogLevel.Information, "{Target} answers and is called again")]
    public static partial void CalledAgain(this ILogger logger, string target);

    [LoggerMessage(5014, LogLevel.Warning, "The tokens of advice cannot be counted: no more are spent until they can")]
    public static partial void BudgetIsUnknown(this ILogger logger, Exception failure);

    [LoggerMessage(5015, LogLevel.Warning, "The owner of the account at the broker has to sign in: GET /broker has the link")]
    public static partial void BrokerWantsLogin(this ILogger logger);

    [LoggerMessage(5016, LogLevel.Information, "The account at the broker is read: margin {Margin}")]
    public static partial void BrokerIsRead(this ILogger logger, decimal margin);

    [LoggerMessage(5017, LogLevel.Warning, "The account at the broker is not read: {Problem}")]
    public static partial void BrokerIsNotRead(this ILogger logger, string problem);

    [LoggerMessage(5018, LogLevel.Warning, "{Runner} is not told what came true of its forecasts: {Problem}. Tried again for a while")]
    public static partial void OutcomesWait(this ILogger logger, string runner, string problem);

    [LoggerMessage(5019, LogLevel.Information, "{Runner} is told again what came true of its forecasts")]
    public static partial void OutcomesGoOn(this ILogger logger, string runner);

    [LoggerMessage(5020, LogLevel.Warning, "{Runner} does not take what came true of forecasts of {Model}: {Reason}")]
    public static partial void OutcomesAreRefused(this ILogger logger, string runner, string model, string reason);
}
