using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed;

/// <summary>A feed without prices is stale, whether its line stands or not; one of which instruments are silent or left out, or that is
/// held back, works in part, and says which.</summary>
internal sealed class FeedCheck(FeedState state, IOptions<FeedOptions> options, TimeProvider time) : IHealthCheck
{
    private const int MostNames = 10;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var reading = state.Reading;
        if (reading.IsPaused)
        {
            return HealthCheckResult.Healthy("paused while a replay runs");
        }

        if (reading.HeldBackSince is { } since)
        {
            return HealthCheckResult.Degraded(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"held back for {(time.GetUtcNow() - since).TotalSeconds:0.0} s: the bus does not take what was read, and nothing more is read until it does"
                )
            );
        }

        if (reading.BusAwaySince is { } away)
        {
            return HealthCheckResult.Degraded(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the bus takes nothing for {(time.GetUtcNow() - away).TotalSeconds:0.0} s: ticks wait"
                )
            );
        }

        var silence = state.Silence;
        var line = reading.IsConnected
            ? "the line stands but brings nothing"
            : $"{(reading.Lines == 1 ? "the line is down" : "down")}: {reading.Reason}";
        if (silence >= options.Value.StaleAfter)
        {
            return HealthCheckResult.Unhealthy(
                string.Create(CultureInfo.InvariantCulture, $"stale: no price for {silence.TotalSeconds:0.0} s; {line}")
            );
        }

        if (!reading.IsConnected)
        {
            return HealthCheckResult.Degraded(line);
        }

        var text = reading.Silent.Count == 0 ? "prices flow" : Describe(reading.Silent);
        return reading.Silent.Count == 0 && reading.Notices.IsEmpty
            ? HealthCheckResult.Healthy(text)
            : HealthCheckResult.Degraded(string.Join("; ", reading.Notices.Values.Take(MostNames).Prepend(text)));
    }

    private string Describe(IReadOnlyList<SilentName> silent)
    {
        var now = time.GetUtcNow();
        var names = silent
            .Take(MostNames)
            .Select(found =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{found.Symbol} for {(now - found.Since).TotalSeconds:0.0} s (limit {found.Limit.TotalSeconds:0.#} s)"
                )
            );
        var more =
            silent.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {silent.Count - MostNames} more") : string.Empty;
        return $"stale: nothing of {string.Join(", ", names)}{more}";
    }
}
