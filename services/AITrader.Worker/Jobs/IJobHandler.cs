using AITrader.Storage.Rows;

namespace AITrader.Worker.Jobs;

/// <summary>Runs the jobs of one type. A job may run again after a crash, so running it twice must have the same effect as once.</summary>
internal interface IJobHandler
{
    /// <summary>Type of the jobs that this handler runs.</summary>
    string Type { get; }

    /// <summary>Interval at which a job of this type is created; null for jobs that are created on request.</summary>
    TimeSpan? Every { get; }

    /// <summary>Runs a job and returns its result as JSON.</summary>
    Task<string> RunAsync(JobRow job, CancellationToken ct);
}
