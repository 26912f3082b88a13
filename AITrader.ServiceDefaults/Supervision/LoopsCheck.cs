using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.ServiceDefaults.Supervision;

/// <summary>Reports loops that fail: one that has just failed is retrying, one that keeps failing does not do its work.</summary>
internal sealed class LoopsCheck(Supervisor supervisor) : IHealthCheck
{
    private static readonly TimeSpan FailureTolerance = TimeSpan.FromSeconds(5);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var loops = supervisor.Loops;
        var data = loops.ToDictionary(static loop => loop.Name, static object (loop) => Describe(loop), StringComparer.Ordinal);
        var failing = loops.Where(static loop => loop.FailingSince is not null).ToList();
        if (failing.Count == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy(data: data));
        }

        var isLasting = failing.Exists(loop => supervisor.Time.GetUtcNow() - loop.FailingSince >= FailureTolerance);
        var text = string.Join("; ", failing.Select(static loop => $"{loop.Name}: {loop.Reason}"));
        return Task.FromResult(new HealthCheckResult(isLasting ? HealthStatus.Unhealthy : HealthStatus.Degraded, text, data: data));
    }

    private static string Describe(LoopState loop) =>
        loop switch
        {
            { IsFinished: true } => "finished",
            { FailingSince: { } since } => $"failing since {since:yyyy-MM-dd'T'HH:mm:ss'Z'}, {loop.Failures} times",
            _ => "running",
        };
}
