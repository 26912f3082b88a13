using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace AITrader.StrategyEngine.Circuits;

/// <summary>When services that fail are left alone. The runners have their own settings in <c>Forecast</c>.</summary>
internal sealed class CircuitOptions
{
    public const string Section = "Circuits";

    /// <summary>The sentiment engine, which is asked every half minute.</summary>
    [ValidateObjectMembers]
    public CircuitLimits Sentiment { get; set; } = new() { Rest = TimeSpan.FromMinutes(2) };

    /// <summary>The language model.</summary>
    [ValidateObjectMembers]
    public CircuitLimits Advice { get; set; } = new();

    /// <summary>The broker's tools.</summary>
    [ValidateObjectMembers]
    public CircuitLimits Broker { get; set; } = new() { Rest = TimeSpan.FromSeconds(30) };
}

/// <summary>One circuit breaker.</summary>
internal sealed class CircuitLimits
{
    /// <summary>Failures in a row, within the sampling time, after which a service is left alone. Default 3.</summary>
    [Range(2, 1000)]
    public int Failures { get; set; } = 3;

    /// <summary>Time in which these failures count together. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Sampling { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it is left alone before one call tries it. Default 1 min; of the sentiment engine 2 min, of the broker 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromMinutes(1);

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

[OptionsValidator]
internal sealed partial class CircuitOptionsValidator : IValidateOptions<CircuitOptions>;
