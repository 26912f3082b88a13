using System.Globalization;
using Microsoft.Extensions.Options;

namespace AITrader.Messaging;

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
