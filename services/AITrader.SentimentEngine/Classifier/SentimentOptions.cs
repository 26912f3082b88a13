using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Classifier;

/// <summary>Settings for polling the classifier.</summary>
internal sealed class SentimentOptions
{
    public const string Section = "Sentiment";

    /// <summary>How often finbert-server is asked whether it can classify.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to answer.</summary>
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(3);
}

internal sealed class SentimentOptionsValidator : IValidateOptions<SentimentOptions>
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);

    public ValidateOptionsResult Validate(string? name, SentimentOptions options) =>
        options.PollInterval < MinInterval
            ? ValidateOptionsResult.Fail($"{SentimentOptions.Section}:PollInterval must be at least {MinInterval}")
        : options.PollTimeout < MinInterval
            ? ValidateOptionsResult.Fail($"{SentimentOptions.Section}:PollTimeout must be at least {MinInterval}")
        : ValidateOptionsResult.Success;
}
