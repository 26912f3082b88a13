namespace AITrader.MarketData.Diagnostics;

/// <summary>Every log line the service can write. Ids are permanent: alerts refer to them.</summary>
internal static partial class MarketDataLog
{
    [LoggerMessage(5001, LogLevel.Information, "Replay {Run} of {Source} runs: {Ticks} ticks, from tick {First}, speed {Speed}")]
    public static partial void ReplayStarted(this ILogger logger, string run, string source, long ticks, long first, string speed);

    [LoggerMessage(5002, LogLevel.Information, "Replay {Run} is finished: every stage has seen its {Ticks} ticks")]
    public static partial void ReplayFinished(this ILogger logger, string run, long ticks);

    [LoggerMessage(5003, LogLevel.Error, "Replay refused: {Problem}")]
    public static partial void ReplayRefused(this ILogger logger, string problem);

    [LoggerMessage(5004, LogLevel.Information, "Replay {Run} is {Note}")]
    public static partial void ReplayStopped(this ILogger logger, string run, string note);

    [LoggerMessage(5005, LogLevel.Error, "Replay of {Source} failed and is given up")]
    public static partial void ReplayFailed(this ILogger logger, Exception failure, string source);

    [LoggerMessage(5006, LogLevel.Information, "Replay of {Source} is stopped while it was being loaded")]
    public static partial void LoadStopped(this ILogger logger, string source);

    [LoggerMessage(5010, LogLevel.Information, "The feed is connected and follows {Instruments} instruments")]
    public static partial void FeedConnected(this ILogger logger, int instruments);

    [LoggerMessage(5011, LogLevel.Warning, "The feed's connection has ended and is made anew: {Reason}")]
    public static partial void FeedDisconnected(this ILogger logger, string reason);

    [LoggerMessage(5012, LogLevel.Warning, "{Count} instruments are silent, {Symbols}: {Step}")]
    public static partial void InstrumentsSilent(this ILogger logger, int count, string symbols, string step);

    [LoggerMessage(
        5017,
        LogLevel.Warning,
        "What the feed {Source} missed while the service was down is not known: {Reason}; the gap shows in the gap report only"
    )]
    public static partial void EarlierTicksUnknown(this ILogger logger, string source, string reason);

    [LoggerMessage(5020, LogLevel.Warning, "The replay's books end here: {Problem}")]
    public static partial void NoDepth(this ILogger logger, string problem);

    [LoggerMessage(5021, LogLevel.Warning, "The feed {Source} goes on without what cannot be used: {What}; equal ones are counted only")]
    public static partial void ItemSkipped(this ILogger logger, string source, string what);

    [LoggerMessage(
        5022,
        LogLevel.Warning,
        "The numbers of {Symbol} began again: {Before} was the newest before, {Now} is now; what lies between is not known, and the next tick is flagged after_gap"
    )]
    public static partial void NumbersBeganAgain(this ILogger logger, string symbol, long before, long now);

    [LoggerMessage(
        5023,
        LogLevel.Information,
        "The feed {Source} spreads {Instruments} instruments over {Connections} connections, as the venue takes {Max} on one"
    )]
    public static partial void ConnectionsSplit(this ILogger logger, string source, int instruments, int connections, int max);

    [LoggerMessage(5025, LogLevel.Warning, "The replayed file {Path} goes on without what cannot be carried: {Skipped}")]
    public static partial void ReplaySkips(this ILogger logger, string path, string skipped);
}
