namespace AITrader.Advice.Advisers;

/// <summary>What advice may cost.</summary>
public sealed record AdviserLimits
{
    /// <summary>Time for a question, retries included.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts after the first one, on failures that pass by themselves.</summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>Delay before the first retry; it doubles.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Tokens of a prompt and its answer together.</summary>
    public int MaxTokensPerCall { get; init; } = 8_000;

    /// <summary>Tokens of an answer.</summary>
    public int MaxAnswerTokens { get; init; } = 500;

    /// <summary>Passages of a question.</summary>
    public int MaxPassages { get; init; } = 12;

    /// <summary>Characters of a passage; a longer one is cut, which the prompt says.</summary>
    public int MaxPassageLength { get; init; } = 2_000;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Deadline, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRetries);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxAnswerTokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokensPerCall, MaxAnswerTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxPassages);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPassageLength);
    }
}
