namespace AITrader.SentimentEngine.Diagnostics;

/// <summary>Log messages of the sentiment engine. Event ids 8000 to 8999.</summary>
internal static partial class SentimentLog
{
    [LoggerMessage(8001, LogLevel.Information, "Classifier available: {CanClassify}; {Reason}")]
    public static partial void ClassifierChanged(this ILogger logger, bool canClassify, string reason);
}
