using System.Text.Json.Serialization;
using AITrader.Inference.Client;

namespace AITrader.StrategyEngine.Forecasts;

/// <summary>Where a decision's forecast came from.</summary>
internal sealed record ForecastTrace
{
    /// <summary>race, cache or none.</summary>
    public required string Source { get; init; }

    /// <summary>Why it is not from the race.</summary>
    public string? Reason { get; init; }

    public string? Model { get; init; }

    public string? Version { get; init; }

    public string? Provider { get; init; }

    public LegTrace? Winner { get; init; }

    public LegTrace? Loser { get; init; }

    public double? LatencyMs { get; init; }

    public double? QueueUs { get; init; }

    public double? ComputeUs { get; init; }

    public int? Rounds { get; init; }

    public double? AgeSeconds { get; init; }

    public IReadOnlyList<double>? Values { get; init; }

    public static ForecastTrace Of(Forecast forecast) =>
        new()
        {
            Source = "race",
            Model = forecast.Provenance.Model,
            Version = forecast.Provenance.Version,
            Provider = forecast.Provenance.Provider,
            Winner = LegTrace.Of(forecast.Provenance.Winner),
            Loser = forecast.Provenance.Loser is { } loser ? LegTrace.Of(loser) : null,
            LatencyMs = Round(forecast.Provenance.Latency.TotalMilliseconds),
            QueueUs = Round(forecast.Provenance.Queue.TotalMicroseconds),
            ComputeUs = Round(forecast.Provenance.Compute.TotalMicroseconds),
            Rounds = forecast.Provenance.Rounds,
            Values = forecast.Values,
        };

    public static ForecastTrace Cached(CachedForecast cached, string reason, TimeSpan age) =>
        new()
        {
            Source = "cache",
            Reason = reason,
            Model = cached.Model,
            Version = cached.Version,
            AgeSeconds = Round(age.TotalSeconds),
        };

    public static ForecastTrace None(string reason) => new() { Source = "none", Reason = reason };

    internal static double Round(double value) => Math.Round(value, 3);
}

/// <summary>One runner's part in the race.</summary>
internal sealed record LegTrace(string Runner, string Fate, double LatencyMs)
{
    public static LegTrace Of(RaceLeg leg) =>
        new(leg.Runner, leg.Fate.ToString().ToLowerInvariant(), ForecastTrace.Round(leg.Latency.TotalMilliseconds));
}

/// <summary>The last good forecast as kept in the cache.</summary>
internal sealed record CachedForecast(double Base, double End, DateTimeOffset At, string? Model = null, string? Version = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CachedForecast))]
internal sealed partial class ForecastJson : JsonSerializerContext;
