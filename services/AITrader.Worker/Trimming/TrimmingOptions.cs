using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Trimming;

/// <summary>How much of the streams stays in Redis. Entries that a group has not acknowledged stay up to a bound, and ticks that are not
/// stored in PostgreSQL stay beyond it.</summary>
internal sealed class TrimmingOptions : IValidatableObject
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

    /// <summary>Ticks that stay at most for consumers that are behind; older ones go as soon as they are stored. Default
    /// 1,000,000.</summary>
    [Range(1_000, 1_000_000_000)]
    public long MaxOwedTicks { get; set; } = 1_000_000;

    /// <summary>Entries to keep of every other stream. Default 100,000.</summary>
    [Range(1_000, 100_000_000)]
    public long MaxEntries { get; set; } = 100_000;

    /// <summary>Entries of every other stream that stay at most for consumers that are behind; their contents are in PostgreSQL. Default
    /// 250,000.</summary>
    [Range(1_000, 1_000_000_000)]
    public long MaxOwedEntries { get; set; } = 250_000;

    /// <summary>Entries to keep of the signals of one symbol. Default 1,000.</summary>
    [Range(100, 1_000_000)]
    public long MaxSymbolSignals { get; set; } = 1_000;

    /// <summary>Age up to which every other stream is kept; below the inbox's retention. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Age up to which dead letters are kept. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan MaxDeadLetterAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Dead letters to keep of each stream. Default 100,000.</summary>
    [Range(1_000, 100_000_000)]
    public long MaxDeadLetters { get; set; } = 100_000;

    /// <summary>Share of a bound, or of Redis' memory, from which on the worker raises an alarm. Default 0.5.</summary>
    [Range(0.01, 1)]
    public double AlarmShare { get; set; } = 0.5;

    /// <summary>Share of Redis' memory from which on nothing is kept for consumers that are behind. Default 0.8.</summary>
    [Range(0.01, 1)]
    public double PressureShare { get; set; } = 0.8;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Entries that are always kept must not raise the alarm for consumers that are behind.
        if (MaxOwedTicks * AlarmShare <= MaxTicks)
        {
            yield return new ValidationResult(
                "The alarm for consumers that are behind (AlarmShare of MaxOwedTicks) must be above what stays anyway (MaxTicks).",
                [nameof(MaxOwedTicks)]
            );
        }

        if (MaxOwedEntries * AlarmShare <= MaxEntries)
        {
            yield return new ValidationResult(
                "The alarm for consumers that are behind (AlarmShare of MaxOwedEntries) must be above what stays anyway (MaxEntries).",
                [nameof(MaxOwedEntries)]
            );
        }
    }
}

[OptionsValidator]
internal sealed partial class TrimmingOptionsValidator : IValidateOptions<TrimmingOptions>;
