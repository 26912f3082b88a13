using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed;

/// <summary>A feed without prices is stale, whether its line stands or not.</summary>
internal sealed class FeedCheck(FeedState state, IOptions<FeedOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reading = state.Reading;
        if (reading.IsPaused)
        {
            return Task.FromResult(HealthCheckResult.Healthy("paused while a replay runs"));
        }

        var silence = state.Silence;
        if (silence < options.Value.StaleAfter)
        {
            return Task.FromResult(reading.IsConnected ? HealthCheckResult.Healthy("prices flow") : HealthCheckResult.Degraded($"the line is down: {reading.Reason}"));
        }

        var line = reading.IsConnected ? "the line stands but brings nothing" : $"the line is down: {reading.Reason}";
        return Task.FromResult(HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"stale: no price for {silence.TotalSeconds:0.0} s; {line}")));
    }
}
