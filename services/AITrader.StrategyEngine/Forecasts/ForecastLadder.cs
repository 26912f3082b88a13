using System.Globalization;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Signals;
using AITrader.Inference.Client;
using AITrader.Messaging;
using AITrader.Storage.Flags;
using AITrader.StrategyEngine.Diagnostics;
using AITrader.StrategyEngine.Flags;
using AITrader.Trading.Decisions;

namespace AITrader.StrategyEngine.Forecasts;

/// <summary>The result of the ladder.</summary>
/// <param name="Reading">The factor's input; null without a forecast.</param>
/// <param name="Absence">Why there is no forecast.</param>
/// <param name="Provenance">Runners, latencies and source of the forecast.</param>
internal sealed record LadderStep(ForecastReading? Reading, string Absence, ForecastTrace Provenance)
{
    private static readonly string OffReason = FlagSet.ReasonOf(FeatureFlags.Forecast);

    /// <summary>Nothing was asked.</summary>
    public static LadderStep Off { get; } = new(null, OffReason, ForecastTrace.None(OffReason));
}

/// <summary>
/// A forecast from the race; live, when the race is late: the last good one, weighted by its age; else none. A replay waits
/// for the race and uses no cache, so that its decisions do not depend on the machine's load.
/// </summary>
internal sealed class ForecastLadder(
    IForecaster forecaster,
    ICache cache,
    ForecastSettings settings,
    StrategyMetrics metrics,
    TimeProvider time
)
{
    public async Task<LadderStep> ReadAsync(Signal signal, CancellationToken ct)
    {
        if (signal.Features.Window.Count == 0)
        {
            return new LadderStep(null, "no prices to forecast from", ForecastTrace.None("no prices"));
        }

        var begin = time.GetTimestamp();
        var isReplay = signal.Run.Length > 0;
        var outcome = await forecaster.ForecastAsync(
            new ForecastRequest(signal.Features.Window)
            {
                Model = settings.Model,
                Id = signal.Id.ToString("D"),
                Symbol = signal.Symbol,
                Wait = isReplay ? ForecastWait.UntilAnswered : ForecastWait.Deadline,
            },
            ct
        );
        var step = outcome is ForecastOutcome.Answered { Forecast: { Values.Count: > 0 } forecast }
            ? await FreshAsync(signal, forecast, ct)
            : await SecondBestAsync(signal, outcome, isReplay, ct);
        metrics.Forecast(step.Provenance.Source, time.GetElapsedTime(begin));
        return step;
    }

    private async Task<LadderStep> FreshAsync(Signal signal, Forecast forecast, CancellationToken ct)
    {
        // Models see single precision; a base that was rounded likewise makes a forecast of no move no move.
        var (basis, end) = ((double)(float)signal.Features.Window[^1], forecast.Values[^1]);
        if (signal.Run.Length == 0)
        {
            var cached = new CachedForecast(basis, end, signal.Timestamp, forecast.Provenance.Model, forecast.Provenance.Version);
            await cache.SetAsync(
                Key(signal),
                JsonSerializer.Serialize(cached, ForecastJson.Default.CachedForecast),
                CacheKeys.PredictionTtl,
                ct
            );
        }

        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{forecast.Provenance.Model} version {forecast.Provenance.Version} end={end:R} base={basis:R}"
        );
        return new LadderStep(new ForecastReading(end, basis, 1d, note), string.Empty, ForecastTrace.Of(forecast));
    }

    private async Task<LadderStep> SecondBestAsync(Signal signal, ForecastOutcome outcome, bool isReplay, CancellationToken ct)
    {
        var why = outcome switch
        {
            ForecastOutcome.Late late => string.Create(CultureInfo.InvariantCulture, $"late after {late.Deadline.TotalMilliseconds:0} ms"),
            ForecastOutcome.Failed failed => failed.Reason,
            _ => "empty answer",
        };
        if (isReplay || await ReadCachedAsync(signal, ct) is not { } cached)
        {
            return new LadderStep(null, why, ForecastTrace.None(why));
        }

        var age = signal.Timestamp - cached.At;
        var freshness = 1d - (age / settings.CachedLife);
        return freshness is > 0d and <= 1d
            ? new LadderStep(
                new ForecastReading(
                    cached.End,
                    cached.Base,
                    freshness,
                    string.Create(CultureInfo.InvariantCulture, $"cached age={age.TotalSeconds:0.###}s because {why}")
                ),
                string.Empty,
                ForecastTrace.Cached(cached, why, age)
            )
            : new LadderStep(null, $"{why}; cached one too old", ForecastTrace.None(why));
    }

    private async Task<CachedForecast?> ReadCachedAsync(Signal signal, CancellationToken ct)
    {
        var text = await cache.GetAsync(Key(signal), ct);
        return text is null ? null : JsonSerializer.Deserialize(text, ForecastJson.Default.CachedForecast);
    }

    private string Key(Signal signal) => CacheKeys.Prediction(signal.Symbol, settings.Model);
}
