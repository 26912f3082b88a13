using Microsoft.Extensions.Logging;

namespace AITrader.Inference.Diagnostics;

internal static partial class InferenceLog
{
    [LoggerMessage(7001, LogLevel.Warning, "No forecast of {Model} in round {Round}: {Reason}; asking again")]
    public static partial void RoundWithoutAnswer(this ILogger logger, string model, int round, string reason);

    [LoggerMessage(7010, LogLevel.Information, "Model {Model} version {Version} is warm on {Provider}")]
    public static partial void ModelLoaded(this ILogger logger, string model, int version, string provider);

    [LoggerMessage(7011, LogLevel.Warning, "Model {Model} version {Version} cannot run on {Provider}: {Reason}")]
    public static partial void SteppedDown(this ILogger logger, string model, int version, string provider, string reason);

    [LoggerMessage(7012, LogLevel.Error, "Model {Model} was not loaded: {Reason} ({Serving} versions stay in service)")]
    public static partial void ModelNotLoaded(this ILogger logger, string model, string reason, int serving);

    [LoggerMessage(7013, LogLevel.Information, "Model {Model} is no longer served")]
    public static partial void ModelUnloaded(this ILogger logger, string model);

    [LoggerMessage(7014, LogLevel.Error, "No model can be served: {Reason}")]
    public static partial void RepositoryUnusable(this ILogger logger, string reason);

    [LoggerMessage(7017, LogLevel.Error, "{Used} MiB of memory are close to the limit of {Limit} MiB: the runner ends to start anew")]
    public static partial void MemoryCeilingReached(this ILogger logger, int used, int limit);

    [LoggerMessage(7016, LogLevel.Information, "Labels of model {Model} are now {Labels}")]
    public static partial void LabelsMoved(this ILogger logger, string model, string labels);

    [LoggerMessage(7018, LogLevel.Warning, "Model {Model} version {Version} is on {Provider}, and the CPU computes {Nodes}")]
    public static partial void NodesOnCpu(this ILogger logger, string model, int version, string provider, string nodes);

    [LoggerMessage(7015, LogLevel.Error, "The model repository could not be looked over")]
    public static partial void RefreshFailed(this ILogger logger, Exception failure);
}
