namespace AITrader.SentimentEngine.Diagnostics;

/// <summary>Log messages of the sentiment engine. Event ids 8000 to 8999.</summary>
internal static partial class SentimentLog
{
    [LoggerMessage(8001, LogLevel.Information, "Classifier available: {CanClassify}; {Reason}")]
    public static partial void ClassifierChanged(this ILogger logger, bool canClassify, string reason);

    [LoggerMessage(8002, LogLevel.Warning, "Source {Source} fails: {Reason}")]
    public static partial void SourceFailed(this ILogger logger, string source, string reason);

    [LoggerMessage(8003, LogLevel.Information, "Source {Source} answers again after {Failures} failures")]
    public static partial void SourceAnswers(this ILogger logger, string source, int failures);

    [LoggerMessage(8004, LogLevel.Warning, "Source {Source}: {Count} items cannot be read, the first because {Reason}")]
    public static partial void ItemsUnreadable(this ILogger logger, string source, int count, string reason);

    [LoggerMessage(8005, LogLevel.Warning, "{Count} or more items wait for a model: {Reason}")]
    public static partial void NotRead(this ILogger logger, string reason, int count);

    [LoggerMessage(8006, LogLevel.Information, "Restored from {Items} stored items on {Symbols} symbols")]
    public static partial void Restored(this ILogger logger, int items, int symbols);
}
