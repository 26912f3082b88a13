namespace AITrader.Worker.Diagnostics;

internal static partial class WorkerLog
{
    [LoggerMessage(7101, LogLevel.Information, "Job {Id} ({Type}) completed in {Seconds} s")]
    public static partial void JobCompleted(this ILogger logger, Guid id, string type, double seconds);

    [LoggerMessage(7102, LogLevel.Error, "Job {Id} ({Type}) failed")]
    public static partial void JobFailed(this ILogger logger, Exception failure, Guid id, string type);

    [LoggerMessage(7103, LogLevel.Warning, "Job {Id} ({Type}) lost its worker and is offered again")]
    public static partial void JobOffered(this ILogger logger, Guid id, string type);

    [LoggerMessage(7104, LogLevel.Error, "Job {Id} ({Type}) is given up: its worker died {Attempts} times")]
    public static partial void JobGivenUp(this ILogger logger, Guid id, string type, int attempts);

    [LoggerMessage(7105, LogLevel.Information, "Tick partitions: {Made} made, dropped {Dropped}")]
    public static partial void PartitionsKept(this ILogger logger, int made, string dropped);

    [LoggerMessage(7106, LogLevel.Warning, "Job {Id} ({Type}) went to another worker while this one ran it: its result is not kept")]
    public static partial void JobLost(this ILogger logger, Guid id, string type);

    [LoggerMessage(
        7107,
        LogLevel.Error,
        "{Count} entries of {Stream} were removed that a consumer had not acknowledged: it is too far behind; PostgreSQL has their contents"
    )]
    public static partial void UnacknowledgedTrimmed(this ILogger logger, long count, string stream);

    [LoggerMessage(7108, LogLevel.Warning, "Document {Title} of {Source} is not stored: {Reason}")]
    public static partial void DocumentRefused(this ILogger logger, string source, string title, string reason);

    [LoggerMessage(7109, LogLevel.Information, "Runs deleted: {Runs}")]
    public static partial void RunsDeleted(this ILogger logger, string runs);

    [LoggerMessage(7110, LogLevel.Error, "Run {Run} could not be deleted; it is tried again")]
    public static partial void RunNotDeleted(this ILogger logger, Exception failure, string run);

    [LoggerMessage(7111, LogLevel.Warning, "Model {Model} cannot be read and stays as it is on record: {Reason}")]
    public static partial void ModelNotRead(this ILogger logger, string model, string reason);

    [LoggerMessage(7112, LogLevel.Information, "Job {Id} ({Type}) ended on request")]
    public static partial void JobCancelled(this ILogger logger, Guid id, string type);

    [LoggerMessage(7113, LogLevel.Error, "Job {Id} ({Type}) failed: it took longer than {Limit}")]
    public static partial void JobTooLong(this ILogger logger, Guid id, string type, TimeSpan limit);
}
