using System.Globalization;
using Microsoft.Extensions.Options;

namespace AITrader.Messaging;

/// <summary>Rejects values out of range and names the setting. Written by hand, because validation attributes are read by reflection, which
/// trimmed code does not support.</summary>
internal sealed class StreamsOptionsValidator : IValidateOptions<StreamsOptions>
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, StreamsOptions options)
    {
        var problem = Within(options.Partitions, 1, 1024, nameof(options.Partitions))
            ?? Within(options.MaxDeliveries, 1, 1000, nameof(options.MaxDeliveries))
            ?? Within(options.MinIdle, TimeSpan.FromMilliseconds(100), MaxTime, nameof(options.MinIdle))
            ?? Within(options.TakeoverInterval, TimeSpan.FromMilliseconds(50), MaxTime, nameof(options.TakeoverInterval))
            ?? Within(options.PublishChunk, 1, 10_000, nameof(options.PublishChunk))
            ?? Within(options.MaxUnstored, 0, long.MaxValue, nameof(options.MaxUnstored))
            ?? Within(options.MetricsInterval, TimeSpan.FromMilliseconds(100), MaxTime, nameof(options.MetricsInterval));
        return problem is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{StreamsOptions.Section}:{problem}");
    }

    private static string? Within<T>(T value, T min, T max, string name)
        where T : IComparable<T> =>
        value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{name}: {value} is not in {min} to {max}");
}
