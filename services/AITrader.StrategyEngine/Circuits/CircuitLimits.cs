using Polly.CircuitBreaker;

namespace AITrader.StrategyEngine.Circuits;

/// <summary>One circuit breaker.</summary>
/// <param name="Failures">Failures in a row after which a service is left alone.</param>
/// <param name="Sampling">Time in which they count together.</param>
/// <param name="Rest">How long it is left alone before one call tries it.</param>
internal sealed record CircuitLimits(int Failures, TimeSpan Sampling, TimeSpan Rest)
{
    /// <summary>A breaker of calls whose results say whether they failed.</summary>
    public CircuitBreakerStrategyOptions<T> ToBreaker<T>(Func<T, bool> isFailure) =>
        new()
        {
            FailureRatio = 1,
            MinimumThroughput = Failures,
            SamplingDuration = Sampling,
            BreakDuration = Rest,
            ShouldHandle = call => ValueTask.FromResult(call.Outcome.Result is { } result && isFailure(result)),
        };
}
