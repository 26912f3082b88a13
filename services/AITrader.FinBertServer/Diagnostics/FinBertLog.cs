namespace AITrader.FinBertServer.Diagnostics;

/// <summary>Log messages of the text classifier. Event ids 7200 to 7299.</summary>
internal static partial class FinBertLog
{
    [LoggerMessage(7201, LogLevel.Information, "Texts are classified by {Model} version {Version}")]
    public static partial void ModelServed(this ILogger logger, string model, int version);

    [LoggerMessage(7202, LogLevel.Error, "{Model} version {Version} cannot be served: {Reason}")]
    public static partial void ModelRefused(this ILogger logger, string model, int version, string reason);

    [LoggerMessage(7203, LogLevel.Warning, "Texts cannot be classified: {Reason}")]
    public static partial void NothingServed(this ILogger logger, string reason);
}
