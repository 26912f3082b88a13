using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Status;

/// <summary>What the status looks at, and how often.</summary>
internal sealed class StatusOptions
{
    public const string Section = "Status";

    /// <summary>For how long an answer of a service counts. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ProbeAge { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a service may take to answer. Default 2.5 s: a little more than its own checks may take, so that it can say which
    /// of them hangs.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long Redis and PostgreSQL may take for each part of the status. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PartTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>For how long counts, account and streams count. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ReadingAge { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Without a tick for so long, the feed is idle. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class StatusOptionsValidator : IValidateOptions<StatusOptions>;
