using AITrader.SentimentEngine.Aggregation;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Classifier;

/// <summary>Settings of readings, and for polling the classifier.</summary>
internal sealed class SentimentOptions
{
    public const string Section = "Sentiment";

    /// <summary>How often finbert-server is asked whether it can classify, and what could not be read is tried again.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to answer.</summary>
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long it may take to read a batch of texts. Default 30 s.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Texts that are read with one call. Default 16.</summary>
    public int BatchSize { get; set; } = 16;

    /// <summary>Age, from its publication, from which an item does not count. Default 1 day.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Age at which an item counts half. Default 2 h.</summary>
    public TimeSpan HalfLife { get; set; } = TimeSpan.FromHours(2);

    /// <summary>When an opinion is compared with what others said of the symbol, for the reliability of its source. Default 6 h.</summary>
    public TimeSpan JudgedAfter { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long such verdicts count. Default 7 days.</summary>
    public TimeSpan History { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often the reading of a symbol is published when nothing new comes. Default 5 min: decisions take none that is older
    /// than 15.</summary>
    public TimeSpan PublishEvery { get; set; } = TimeSpan.FromMinutes(5);

    internal MoodSettings Mood => new(Window, HalfLife, JudgedAfter, History);
}

internal sealed class SentimentOptionsValidator : IValidateOptions<SentimentOptions>
{
    private const int MaxBatch = 64;

    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MinSpan = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxSpan = TimeSpan.FromDays(90);

    public ValidateOptionsResult Validate(string? name, SentimentOptions options)
    {
        List<string?> faults =
        [
            TooShort(nameof(options.PollInterval), options.PollInterval),
            TooShort(nameof(options.PollTimeout), options.PollTimeout),
            TooShort(nameof(options.ReadTimeout), options.ReadTimeout),
            TooShort(nameof(options.PublishEvery), options.PublishEvery),
            Outside(nameof(options.Window), options.Window),
            Outside(nameof(options.HalfLife), options.HalfLife),
            Outside(nameof(options.JudgedAfter), options.JudgedAfter),
            Outside(nameof(options.History), options.History),
            options.BatchSize is < 1 or > MaxBatch ? $"{SentimentOptions.Section}:BatchSize must be between 1 and {MaxBatch}" : null,
        ];
        var found = faults.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? TooShort(string name, TimeSpan value) =>
        value < MinInterval ? $"{SentimentOptions.Section}:{name} must be at least {MinInterval}" : null;

    private static string? Outside(string name, TimeSpan value) =>
        value < MinSpan || value > MaxSpan ? $"{SentimentOptions.Section}:{name} must be between {MinSpan} and {MaxSpan}" : null;
}
