using AITrader.SentimentEngine.Classifier;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.SentimentEngine.Readings;

/// <summary>Reports on /ready why there is no sentiment. The service is healthy without it; decisions then lack this factor.</summary>
internal sealed class SentimentCheck(ClassifierState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = state.Current;
        var data = new Dictionary<string, object> { ["can_classify"] = status.CanClassify };
        if (status.CheckedAt is { } checkedAt)
        {
            data["checked_at"] = checkedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        }

        return Task.FromResult(HealthCheckResult.Degraded(MissingReading.Explain(status), data: data));
    }
}
