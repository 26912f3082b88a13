using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

/// <summary>A feed without prices is stale, whether it is connected or not. One of which instruments are silent or left out, or that is
/// held back, is degraded, and the text says why.</summary>
internal sealed class FeedCheck(FeedState state, IOptions<FeedOptions> options, TimeProvider time) : IHealthCheck
{
    private const int MaxNames = 10;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var reading = state.Reading;
        if (reading.HeldBackSince is { } since)
        {
            return HealthCheckResult.Degraded(
                $"held back for {Seconds(since)} s: the bus does not take what was read, and nothing more is read until it does"
            );
        }

        return reading.BusAwaySince is { } away
            ? HealthCheckResult.Degraded($"the bus takes nothing for {Seconds(away)} s: ticks wait")
            : CheckPrices(reading);
    }

    private HealthCheckResult CheckPrices(FeedReading reading)
    {
        var connection = reading.IsConnected
            ? "connected, but nothing arrives"
            : $"{(reading.Expected == 1 ? "disconnected" : "down")}: {reading.Reason}";
        if (state.Silence is var silence && silence >= options.Value.StaleAfter)
        {
            return HealthCheckResult.Unhealthy(
                string.Create(CultureInfo.InvariantCulture, $"stale: no price for {silence.TotalSeconds:0.0} s; {connection}")
            );
        }

        if (!reading.IsConnected)
        {
            return HealthCheckResult.Degraded(connection);
        }

        var text = reading.Silent.Count == 0 ? "prices flow" : Describe(reading.Silent);
        return reading.Silent.Count == 0 && reading.Notices.IsEmpty
            ? HealthCheckResult.Healthy(text)
            : HealthCheckResult.Degraded(string.Join("; ", reading.Notices.Values.Take(MaxNames).Prepend(text)));
    }

    private string Seconds(DateTimeOffset since) => (time.GetUtcNow() - since).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private string Describe(IReadOnlyList<SilentName> silent)
    {
        var now = time.GetUtcNow();
        var names = silent
            .Take(MaxNames)
            .Select(found =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{found.Symbol} for {(now - found.Since).TotalSeconds:0.0} s (limit {found.Limit.TotalSeconds:0.#} s)"
                )
            );
        var more =
            silent.Count > MaxNames ? string.Create(CultureInfo.InvariantCulture, $" and {silent.Count - MaxNames} more") : string.Empty;
        return $"stale: nothing of {string.Join(", ", names)}{more}";
    }
}
