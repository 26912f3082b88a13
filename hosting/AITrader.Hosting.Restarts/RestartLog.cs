using Microsoft.Extensions.Logging;

namespace AITrader.Hosting.Restarts;

internal static partial class RestartLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Resource} ended ({Reason}); started again in {Delay}, restart {Count}")]
    public static partial void Restarting(this ILogger logger, string resource, string reason, TimeSpan delay, int count);

    [LoggerMessage(
        2,
        LogLevel.Error,
        "{Resource} failed {Failures} times within a minute ({Reason}) and is left down; its log tells why. Start it with `./aitrader restart {Resource}` or on the dashboard"
    )]
    public static partial void LeftDown(this ILogger logger, string resource, int failures, string reason);

    [LoggerMessage(3, LogLevel.Error, "{Resource} could not be started again: {Message}")]
    public static partial void StartRefused(this ILogger logger, string resource, string message);
}
