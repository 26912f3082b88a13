using AITrader.Inference.Failures;

namespace AITrader.Inference.Execution;

/// <summary>How a request wants to be served.</summary>
/// <param name="Symbol">The instrument it is about, which always gets one version where traffic is split; null where it is about
/// none.</param>
/// <param name="Priority">Who waits is served by this number first, then by arrival: 1 is the highest, 2 the usual one, 3 the
/// lowest.</param>
/// <param name="Timeout">Limit of the whole request, its run included; null for none but the queue's.</param>
internal sealed record CallTerms(string? Symbol, int Priority, TimeSpan? Timeout)
{
    public const int UsualPriority = 2;

    private const int LowestPriority = 3;
    private const int MaxSymbolLength = 64;

    public static readonly CallTerms Usual = new(null, UsualPriority, null);

    /// <summary>Reads the terms from a request's parameters.</summary>
    /// <param name="symbol">Parameter <c>symbol</c>.</param>
    /// <param name="priority">Parameter <c>priority</c>; 0 means the usual one.</param>
    /// <param name="timeoutMicros">Parameter <c>timeout</c> in microseconds; 0 means none.</param>
    /// <exception cref="InferenceException">One of them is not valid.</exception>
    public static CallTerms Create(string? symbol, long? priority, long? timeoutMicros)
    {
        if (symbol is { Length: 0 or > MaxSymbolLength })
        {
            throw InferenceException.BadRequest($"parameter 'symbol' must have 1 to {MaxSymbolLength} characters");
        }

        if (priority is < 0 or > LowestPriority)
        {
            throw InferenceException.BadRequest(
                $"parameter 'priority' is {priority}; it can be 1 (highest) to {LowestPriority}, or 0 for the usual one"
            );
        }

        // Longer than a day is longer than any queue allows.
        if (timeoutMicros is < 0 or > 86_400_000_000)
        {
            throw InferenceException.BadRequest($"parameter 'timeout' is {timeoutMicros}; it is in microseconds, up to a day");
        }

        return new CallTerms(
            symbol,
            priority is null or 0 ? UsualPriority : (int)priority,
            timeoutMicros is null or 0 ? null : TimeSpan.FromMicroseconds(timeoutMicros.Value)
        );
    }
}
