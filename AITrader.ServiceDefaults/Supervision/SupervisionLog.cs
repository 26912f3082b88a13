using Microsoft.Extensions.Logging;

namespace AITrader.ServiceDefaults.Supervision;

/// <summary>Log messages of the supervision, with event ids 910 to 919.</summary>
internal static partial class SupervisionLog
{
    [LoggerMessage(910, LogLevel.Warning, "{Loop} failed and tries again; the same failure is counted from now on")]
    public static partial void LoopFailed(this ILogger logger, Exception failure, string loop);

    [LoggerMessage(911, LogLevel.Warning, "{Loop} still fails, {Failures} times so far: {Reason}")]
    public static partial void LoopStillFails(this ILogger logger, string loop, long failures, string reason);

    [LoggerMessage(912, LogLevel.Information, "{Loop} works again after {Failures} failures in {Seconds} s")]
    public static partial void LoopRecovered(this ILogger logger, string loop, long failures, double seconds);
}
