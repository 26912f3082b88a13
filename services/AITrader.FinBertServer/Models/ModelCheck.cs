using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.FinBertServer.Models;

/// <summary>Says on /ready what there is of the model. The service is well without one; it only cannot classify.</summary>
internal sealed class ModelCheck(InstalledModel model) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var finding = model.Look();
        var data = new Dictionary<string, object>
        {
            ["model"] = model.Name,
            ["can_classify"] = false,
            ["found"] = NameOf(finding),
        };
        if (finding is CompleteModel complete)
        {
            data["versions"] = string.Join(',', complete.Versions);
            data["bytes"] = complete.Bytes;
        }

        return Task.FromResult(HealthCheckResult.Degraded(finding.Reason, data: data));
    }

    private static string NameOf(ModelFinding finding) =>
        finding switch
        {
            CompleteModel => "complete",
            IncompleteModel => "incomplete",
            _ => "absent",
        };
}
