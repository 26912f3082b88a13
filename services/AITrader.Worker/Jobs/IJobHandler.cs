using AITrader.Storage;

namespace AITrader.Worker.Jobs;

/// <summary>Does the work of one type of job. It may run again after a crash: its effect must stand a second time.</summary>
internal interface IJobHandler
{
    /// <summary>Type of the jobs.</summary>
    string Type { get; }

    /// <summary>How often a job of this type is made; null for those that somebody asks for.</summary>
    TimeSpan? Every { get; }

    /// <summary>Does it, and returns the result as JSON.</summary>
    Task<string> RunAsync(JobRow job, CancellationToken ct);
}
