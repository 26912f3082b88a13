using System.Globalization;
using AITrader.SentimentEngine.Aggregation;
using AITrader.SentimentEngine.Classifier;
using AITrader.SentimentEngine.Polling;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.SentimentEngine.Readings;

/// <summary>Reports on /ready whether there is sentiment, and why not. The service is well without it; decisions then lack this
/// factor.</summary>
internal sealed class SentimentCheck(ClassifierState state, SourceStates sources, MoodBoard board) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (status, all) = (state.Current, sources.All);
        var failing = all.Where(static source => source.Reason is not null).ToList();
        var data = new Dictionary<string, object>
        {
            ["can_classify"] = status.CanClassify,
            ["sources"] = all.Count,
            ["sources_failing"] = failing.Count,
        };
        if (status.CheckedAt is { } checkedAt)
        {
            data["checked_at"] = checkedAt.ToString("O", CultureInfo.InvariantCulture);
        }

        return Task.FromResult(
            !status.CanClassify || failing.Count == all.Count ? HealthCheckResult.Degraded(MissingReading.Explain(status, all), data: data)
            : !board.IsRestored ? HealthCheckResult.Degraded("no sentiment: what is stored has not been read yet", data: data)
            : HealthCheckResult.Healthy(
                failing.Count == 0
                    ? $"{all.Count} sources answer"
                    : $"{failing.Count} of {all.Count} sources fail; {failing[0].Name}: {failing[0].Reason}",
                data
            )
        );
    }
}
