using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Storage.Sentiment;

/// <summary>How long the texts behind sentiment readings are kept. The worker removes them and sentiment-engine stores none that are older:
/// both read this one setting.</summary>
public sealed class SentimentRetentionOptions
{
    /// <summary>Where configuration holds it.</summary>
    public const string Section = "SentimentItems";

    /// <summary>Age, from publication, from which a text is removed, and from which it is not stored. Default 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);
}

/// <summary>Checks the options when a service starts.</summary>
[OptionsValidator]
public sealed partial class SentimentRetentionOptionsValidator : IValidateOptions<SentimentRetentionOptions>;
