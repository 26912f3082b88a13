namespace AITrader.PatternEngine.Diagnostics;

/// <summary>Every log line the service can write. Ids are permanent: alerts refer to them.</summary>
internal static partial class PatternLog
{
    [LoggerMessage(4001, LogLevel.Information, "Continues run '{Run}' with the state of {Symbols} symbols, in {Shards} shards")]
    public static partial void EngineLoaded(this ILogger logger, string run, int symbols, int shards);

    [LoggerMessage(4002, LogLevel.Warning, "The saved state of run '{Run}' cannot be used, indicators start anew: {Problem}")]
    public static partial void StateUnusable(this ILogger logger, string run, string problem);

    [LoggerMessage(4003, LogLevel.Warning, "{Count} ticks have numbers that indicators cannot take, the first is entry {Entry}")]
    public static partial void TicksRefused(this ILogger logger, int count, string entry);

    [LoggerMessage(4004, LogLevel.Warning, "Signals have no class from {Model}: {Reason}")]
    public static partial void NoClass(this ILogger logger, string model, string reason);
}
