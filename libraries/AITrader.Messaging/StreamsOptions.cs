using System.Globalization;
using Microsoft.Extensions.Options;

namespace AITrader.Messaging;

/// <summary>How this process uses the bus.</summary>
public sealed class StreamsOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Streams";

    /// <summary>Number of streams that ticks and signals are spread over by symbol. Default 1: the plain names.</summary>
    public int Partitions { get; set; } = 1;

    /// <summary>Redis cluster hash tag put before every key, so that one transaction can span them. Default empty: none.</summary>
    public string HashTag { get; set; } = string.Empty;

    /// <summary>Partitions that this process reads. Default empty: all.</summary>
    public IList<int> OwnedPartitions { get; } = [];

    /// <summary>Deliveries without an acknowledgement after which an entry goes to the dead letters. Default 5.</summary>
    public int MaxDeliveries { get; set; } = 5;

    /// <summary>How long an entry must have been pending before another consumer takes it over; above the slowest handler. Default 60
    /// s.</summary>
    public TimeSpan MinIdle { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a reader looks for entries of dead consumers. Default 10 s.</summary>
    public TimeSpan TakeoverInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages of one MULTI/EXEC when many are published. Default 512.</summary>
    public int PublishChunk { get; set; } = 512;

    /// <summary>
    /// Publishing ticks waits while so many of them are not stored in PostgreSQL yet: Redis must hold these, so it is they that bound it.
    /// Other consumers that are
    /// behind hold nobody up. Default 1 000 000; 0 for no bound.
    /// </summary>
    public long MaxUnstored { get; set; } = 1_000_000;

    /// <summary>Name of this process among the consumers. Default: resource name, machine and an ordinal that a restart takes up
    /// again.</summary>
    public string? Instance { get; set; }

    /// <summary>How often lag and pending age are sampled for the metrics. Default 15 s.</summary>
    public TimeSpan MetricsInterval { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Refuses values that make no sense, naming the setting. By hand: attributes would be read by reflection, which trimmed code has
/// not.</summary>
internal sealed class StreamsOptionsValidator : IValidateOptions<StreamsOptions>
{
    private static readonly TimeSpan MostTime = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, StreamsOptions options)
    {
        var problem = Among(options.Partitions, 1, 1024, nameof(options.Partitions))
            ?? Among(options.MaxDeliveries, 1, 1000, nameof(options.MaxDeliveries))
            ?? Among(options.MinIdle, TimeSpan.FromMilliseconds(100), MostTime, nameof(options.MinIdle))
            ?? Among(options.TakeoverInterval, TimeSpan.FromMilliseconds(50), MostTime, nameof(options.TakeoverInterval))
            ?? Among(options.PublishChunk, 1, 10_000, nameof(options.PublishChunk))
            ?? Among(options.MaxUnstored, 0, long.MaxValue, nameof(options.MaxUnstored))
            ?? Among(options.MetricsInterval, TimeSpan.FromMilliseconds(100), MostTime, nameof(options.MetricsInterval));
        return problem is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{StreamsOptions.Section}:{problem}");
    }

    private static string? Among<T>(T value, T least, T most, string name)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{name}: {value} is not in {least} to {most}");
}
