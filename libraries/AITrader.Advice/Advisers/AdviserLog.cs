using Microsoft.Extensions.Logging;

namespace AITrader.Advice.Advisers;

internal static partial class AdviserLog
{
    [LoggerMessage(1, LogLevel.Warning, "No advice on {Symbol}: {Cause}, {Reason}")]
    public static partial void NoAdvice(this ILogger logger, string symbol, AbsenceCause cause, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Budget of advice exceeded: a call of about {Tokens} tokens is not made")]
    public static partial void BudgetExceeded(this ILogger logger, long tokens);

    [LoggerMessage(3, LogLevel.Debug, "A call to the model failed")]
    public static partial void CallFailed(this ILogger logger, Exception exception);
}
