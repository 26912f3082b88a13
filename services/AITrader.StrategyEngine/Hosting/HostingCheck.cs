using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Reports hosted strategies that do not run; the others do, and so does the service.</summary>
internal sealed class HostingCheck(HostedReports reports) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var unwell = reports
            .All.Where(static report => !report.IsWell)
            .Select(static report => $"{report.Name} {report.State}: {report.Reason}")
            .ToList();
        return Task.FromResult(unwell.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", unwell)));
    }
}
