using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;
using AITrader.Signals.Patterns.Models;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine.Patterns;

/// <summary>Reports which patterns run, by family, and whether there is a classifier. Its absence does not make the service
/// unready.</summary>
internal sealed class PatternsCheck(IOptions<PatternOptions> options, IServiceProvider services) : IHealthCheck
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
        data[PatternFamily.Model.Name()] = ModelFamily.Describe(services.GetService<IPatternClassifier>());
        return Task.FromResult(HealthCheckResult.Healthy(data: data));
    }
}
