using Microsoft.Extensions.Diagnostics.HealthChecks;
using Polly.CircuitBreaker;

namespace AITrader.StrategyEngine.Circuits;

/// <summary>Reports services that are not called because they fail: decisions go on without what they would add.</summary>
internal sealed class CircuitCheck(CircuitStates circuits) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var broken = circuits.Broken;
        return Task.FromResult(
            broken.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded(
                    string.Join("; ", broken.Select(static one => $"{one.Target} fails and is {Describe(one.State)}"))
                        + "; decisions go on without it"
                )
        );
    }

    private static string Describe(CircuitState state) => state == CircuitState.Open ? "not called for a while" : "being tried again";
}
