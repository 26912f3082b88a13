using AITrader.SentimentEngine.Classifier;
using AITrader.Storage.Sentiment;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Polling;

/// <summary>Texts are kept at least as long as readings are made of them: else a restart would come to other readings.</summary>
internal sealed class RetentionFloor(IOptions<SentimentOptions> sentiment) : IValidateOptions<SentimentRetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, SentimentRetentionOptions options) =>
        options.Retention >= Floor()
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{SentimentRetentionOptions.Section}:{nameof(options.Retention)} must be at least what readings are made of, {Floor():c}: "
                    + "Sentiment:History, twice Sentiment:JudgedAfter, and Sentiment:Window"
            );

    private TimeSpan Floor()
    {
        try
        {
            return sentiment.Value.Mood.Memory;
        }
        catch (Exception refusal) when (refusal is OptionsValidationException or InvalidOperationException)
        {
            // Those settings say themselves what is wrong with them.
            return TimeSpan.Zero;
        }
    }
}
