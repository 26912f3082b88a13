using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Models;

/// <summary>Reports on /ready which model is served. The service is healthy without one; it only cannot classify.</summary>
internal sealed class ModelCheck(InstalledModels models, IOptions<FinBertOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (model, problems) = models.Serving;
        var data = new Dictionary<string, object> { ["can_classify"] = model is not null };
        if (model is null)
        {
            return Task.FromResult(HealthCheckResult.Degraded(problems, data: data));
        }

        data["model"] = model.Model.Name;
        data["version"] = model.Model.Version;
        data["provider"] = model.Model.Provider;
        data["window"] = model.Windows.Length;
        var served = Describe(model);
        return Task.FromResult(
            problems is null ? HealthCheckResult.Healthy(served, data) : HealthCheckResult.Degraded($"{served}; {problems}", data: data)
        );
    }

    private string Describe(TextModel model) =>
        model.Layout.Name == options.Value.Model
            ? $"{model.Layout} is served"
            : $"{model.Layout} is served, because {options.Value.Model} is not";
}
