using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Jobs;

/// <summary>How jobs are taken over and given up.</summary>
internal sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>A worker that has not renewed its claim for so long is dead. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often to check for jobs of dead workers and lost wake-up messages. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a queued job may wait before its wake-up counts as lost. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan WakeAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an attempt may take before it fails. Default 6 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "30.00:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long a running job may go on after it was asked to end, at most; a third of the lease where that is less. Default
    /// 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan CancelWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Attempts that may die before a job is given up. Default 5.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 5;
}

[OptionsValidator]
internal sealed partial class JobOptionsValidator : IValidateOptions<JobOptions>;
