using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Trimming;

/// <summary>How much of the streams stays in Redis. Nothing that a group still owes is ever removed.</summary>
internal sealed class TrimmingOptions
{
    public const string Section = "Trimming";

    /// <summary>How often to trim. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Ticks to keep; the whole record is in PostgreSQL. Default 100,000.</summary>
    [Range(1_000, 100_000_000)]
    public long MaxTicks { get; set; } = 100_000;

    /// <summary>Age up to which ticks are kept. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan MaxTickAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Entries to keep of every other stream. Default 100,000.</summary>
    [Range(1_000, 100_000_000)]
    public long MaxEntries { get; set; } = 100_000;

    /// <summary>Age up to which every other stream is kept; below the inbox's retention. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Age up to which dead letters are kept. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan MaxDeadLetterAge { get; set; } = TimeSpan.FromDays(30);
}

[OptionsValidator]
internal sealed partial class TrimmingOptionsValidator : IValidateOptions<TrimmingOptions>;
