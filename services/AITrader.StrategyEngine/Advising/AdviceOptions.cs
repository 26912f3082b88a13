using System.ComponentModel.DataAnnotations;
using AITrader.Advice.Advisers;
using AITrader.Advice.Clients;
using AITrader.Storage.Documents;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Advising;

/// <summary>Advice of a language model: one bounded factor of a decision, never an order.</summary>
internal sealed class AdviceOptions : IValidatableObject
{
    public const string Section = "Advice";

    /// <summary>Whether a model is asked. Default false. The flag <c>decisions.advice</c> switches it off while the system runs.</summary>
    public bool Enabled { get; set; }

    /// <summary>Whether replays ask too: their decisions then depend on what the model answers. Default false.</summary>
    public bool InReplays { get; set; }

    /// <summary>Whether it is asked only where its advice could lead to another action. Default true.</summary>
    public bool OnlyWhereItMatters { get; set; } = true;

    /// <summary>Address of an endpoint of OpenAI's protocol. Default http://mock-llm/v1.</summary>
    [Required]
    public string BaseUrl { get; set; } = "http://mock-llm/v1";

    /// <summary>Name of the model there. Default mock-small.</summary>
    [Required]
    public string Model { get; set; } = "mock-small";

    /// <summary>Key, where the endpoint asks for one.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The most that a decision waits for advice, retrieval and retries included. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Attempts after the first one, within the deadline. Default 1.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 1;

    /// <summary>Tokens of a prompt and its answer together. Default 8000.</summary>
    [Range(100, 1_000_000)]
    public int MaxTokensPerCall { get; set; } = 8_000;

    /// <summary>Tokens of an answer. Default 500.</summary>
    [Range(50, 100_000)]
    public int MaxAnswerTokens { get; set; } = 500;

    /// <summary>Tokens of a day (UTC), of all instances together. Default 1 000 000; zero for no call at all.</summary>
    [Range(0, 1_000_000_000_000)]
    public long MaxTokensPerDay { get; set; } = 1_000_000;

    /// <summary>What a million tokens cost, for the metric of costs. Default 0: not known.</summary>
    [Range(typeof(decimal), "0", "1000000")]
    public decimal CostPerMillionTokens { get; set; }

    /// <summary>Passages of documents in a question. Default 6.</summary>
    [Range(0, DocumentQuery.MaxLimit)]
    public int MaxPassages { get; set; } = 6;

    /// <summary>Characters of a passage. Default 2000.</summary>
    [Range(100, 100_000)]
    public int MaxPassageLength { get; set; } = 2_000;

    public ChatEndpoint Endpoint => new(new Uri(BaseUrl, UriKind.RelativeOrAbsolute), Model, ApiKey);

    public AdviserLimits Limits =>
        new()
        {
            Deadline = Deadline,
            MaxRetries = MaxRetries,
            MaxTokensPerCall = MaxTokensPerCall,
            MaxAnswerTokens = MaxAnswerTokens,
            MaxPassages = MaxPassages,
            MaxPassageLength = MaxPassageLength,
        };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult("The address is no absolute one of http or https.", [nameof(BaseUrl)]);
        }

        if (MaxAnswerTokens > MaxTokensPerCall)
        {
            yield return new ValidationResult("An answer may have more tokens than a call.", [nameof(MaxAnswerTokens)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class AdviceOptionsValidator : IValidateOptions<AdviceOptions>;
