using Microsoft.Extensions.Logging;

namespace AITrader.Inference.Diagnostics;

internal static partial class InferenceLog
{
    [LoggerMessage(7001, LogLevel.Warning, "No forecast of {Model} in round {Round}: {Reason}; asking again")]
    public static partial void RoundWithoutAnswer(this ILogger logger, string model, int round, string reason);
}
