using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Partitions;

/// <summary>Settings of the daily tick partitions.</summary>
internal sealed class PartitionOptions
{
    public const string Section = "Partitions";

    /// <summary>Number of coming days for which a partition is created in advance. Default 7.</summary>
    [Range(1, 366)]
    public int DaysAhead { get; set; } = 7;

    /// <summary>Days for which ticks are kept; a day that was written to lately, such as by a replay, counts from then. Default
    /// 90.</summary>
    [Range(1, 36_500)]
    public int RetentionDays { get; set; } = 90;

    /// <summary>How often to create and drop partitions. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
internal sealed partial class PartitionOptionsValidator : IValidateOptions<PartitionOptions>;
