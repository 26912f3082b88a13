using AITrader.PatternEngine.Classes;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine.Patterns;

/// <summary>Reports which patterns run, by family, and what the classifier does. Its absence does not make the service unready.</summary>
internal sealed class PatternsCheck(IOptions<PatternOptions> options, SignalClassifier classifier) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var running = options.Value.ToSettings().Defaults.Enabled;
        var data = PatternCatalogue
            .BuiltIn.All.GroupBy(static pattern => pattern.Family)
            .ToDictionary(
                static family => family.Key.Name(),
                object (family) => $"{family.Count(pattern => running.Contains(pattern.Index))} of {family.Count()} run"
            );
        data["classifier"] = classifier.State;
        return Task.FromResult(HealthCheckResult.Healthy(data: data));
    }
}
