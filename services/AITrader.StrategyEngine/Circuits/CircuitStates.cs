using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AITrader.StrategyEngine.Diagnostics;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;

namespace AITrader.StrategyEngine.Circuits;

/// <summary>Knows the state of the circuit breakers of outside calls, by the service that is called.</summary>
internal sealed class CircuitStates : IDisposable
{
    private readonly ConcurrentDictionary<string, CircuitState> _states = new(StringComparer.Ordinal);
    private readonly ILogger<CircuitStates> _log;
    private readonly Meter _meter;

    public CircuitStates(IMeterFactory meters, ILogger<CircuitStates> log)
    {
        _log = log;
        _meter = meters.Create(StrategyMetrics.Name);
        _meter.CreateObservableGauge(
            "aitrader.strategy.circuit",
            () => _states.Select(static one => new Measurement<int>((int)one.Value, new KeyValuePair<string, object?>("target", one.Key))),
            description: "Circuit breaker of a service that was ever cut off: 0 closed, 1 open, 2 half open"
        );
    }

    /// <summary>Services to which calls do not go out as usual.</summary>
    public IReadOnlyList<(string Target, CircuitState State)> Broken =>
        [
            .. _states
                .Where(static one => one.Value != CircuitState.Closed)
                .Select(static one => (one.Key, one.Value))
                .OrderBy(static one => one.Key, StringComparer.Ordinal),
        ];

    public void Dispose() => _meter.Dispose();

    /// <summary>Follows a breaker that is to be built of these options.</summary>
    public void Follow(HttpCircuitBreakerStrategyOptions breaker)
    {
        breaker.OnOpened = args => Enter(args.Context, CircuitState.Open);
        breaker.OnHalfOpened = args => Enter(args.Context, CircuitState.HalfOpen);
        breaker.OnClosed = args => Enter(args.Context, CircuitState.Closed);
    }

    /// <summary>Follows a breaker of calls that are no requests of HTTP by themselves.</summary>
    public void Follow<T>(CircuitBreakerStrategyOptions<T> breaker, string target)
    {
        breaker.OnOpened = _ => Enter(target, CircuitState.Open);
        breaker.OnHalfOpened = _ => Enter(target, CircuitState.HalfOpen);
        breaker.OnClosed = _ => Enter(target, CircuitState.Closed);
    }

    private ValueTask Enter(ResilienceContext call, CircuitState state) =>
        Enter(call.GetRequestMessage()?.RequestUri?.Host ?? "unknown", state);

    private ValueTask Enter(string target, CircuitState state)
    {
        var before = _states.TryGetValue(target, out var known) ? known : CircuitState.Closed;
        _states[target] = state;

        // A service that stays away is tried again and again: one line is enough.
        if (before == CircuitState.Closed && state == CircuitState.Open)
        {
            _log.CutOff(target);
        }
        else if (state == CircuitState.Closed)
        {
            _log.CalledAgain(target);
        }

        return ValueTask.CompletedTask;
    }
}
