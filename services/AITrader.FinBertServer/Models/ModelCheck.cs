using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.FinBertServer.Models;

/// <summary>Reports the state of the model on /ready. The service is healthy without a model; it only cannot classify.</summary>
internal sealed class ModelCheck(InstalledModel model) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = model.Find();
        var data = new Dictionary<string, object>
        {
            ["model"] = model.Name,
            ["can_classify"] = false,
            ["found"] = NameOf(status),
        };
        if (status is CompleteModel complete)
        {
            data["versions"] = string.Join(',', complete.Versions);
            data["bytes"] = complete.Bytes;
        }

        return Task.FromResult(HealthCheckResult.Degraded(status.Reason, data: data));
    }

    private static string NameOf(ModelStatus status) =>
        status switch
        {
            CompleteModel => "complete",
            IncompleteModel => "incomplete",
            _ => "absent",
        };
}
