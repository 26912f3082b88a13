using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.Inference.Repository;

/// <summary>Whether the server can serve requests.</summary>
/// <param name="IsReady">Every model in the repository is served.</param>
/// <param name="Reason">Why the server is not ready, or which problem it has although it is ready.</param>
internal readonly record struct Readiness(bool IsReady, string Reason)
{
    public static Readiness Of(ModelRepository models)
    {
        if (models.Leaving is { } leaving)
        {
            return new Readiness(false, leaving);
        }

        if (models.Problem is { } problem)
        {
            return new Readiness(false, problem);
        }

        var entries = models.Models;
        var unserved = entries.Where(static entry => entry.Preferred is null).ToArray();
        return unserved.Length > 0
            ? new Readiness(false, Describe(unserved))
            : new Readiness(true, Describe([.. entries.Where(static entry => entry.Problem is not null)]));
    }

    private static string Describe(ModelEntry[] entries) =>
        string.Join("; ", entries.Select(static entry => $"model '{entry.Name}': {entry.Problem ?? "no version is loaded"}"));
}

/// <summary>Health check that reports the served models, their providers, and why faster providers could not be used.</summary>
internal sealed class ModelHealthCheck(ModelRepository models) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var readiness = Readiness.Of(models);
        var data = Describe();
        return Task.FromResult(
            readiness switch
            {
                { IsReady: false } => HealthCheckResult.Unhealthy(readiness.Reason, data: data),
                { Reason.Length: > 0 } => HealthCheckResult.Degraded(readiness.Reason, data: data),
                _ => HealthCheckResult.Healthy(data: data),
            }
        );
    }

    private Dictionary<string, object> Describe() =>
        models
            .Models.SelectMany(static entry => entry.Versions.Values)
            .SelectMany(static version => version.Choice.Describe($"{version.Identity.Name}/{version.Identity.VersionText}"))
            .ToDictionary();
}
