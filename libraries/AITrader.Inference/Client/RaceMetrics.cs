using System.Diagnostics.Metrics;
using AITrader.Inference.Diagnostics;

namespace AITrader.Inference.Client;

/// <summary>Metrics of the races, on the side of the client.</summary>
internal sealed class RaceMetrics
{
    private readonly Counter<long> _races;
    private readonly Counter<long> _legs;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _difference;
    private readonly Counter<long> _saved;
    private readonly bool _canSave;

    public RaceMetrics(IMeterFactory meters, HedgeDelay delay, Runners runners)
    {
#pragma warning disable CA2000 // The factory owns the meters it makes.
        var meter = meters.Create(InferenceTelemetry.MeterName);
#pragma warning restore CA2000
        _races = meter.CreateCounter<long>("aitrader.forecast.races", "{race}", "Races by model, outcome and winner.");
        _legs = meter.CreateCounter<long>("aitrader.forecast.legs", "{leg}", "Attempts by runner and fate.");
        _duration = meter.CreateHistogram<double>("aitrader.forecast.duration", "s", "From the call to the parsed answer.");
        _saved = meter.CreateCounter<long>(
            "aitrader.forecast.saved",
            "{request}",
            "Races that ended before the second runner was asked: requests that it was spared."
        );
        meter.CreateObservableGauge(
            "aitrader.forecast.hedge_delay",
            () => Math.Max(delay.Next.TotalSeconds, 0),
            "s",
            "When the second runner is asked."
        );
        _canSave = runners.InOrder.Count > 1;
        _difference = meter.CreateHistogram(
            "aitrader.forecast.difference",
            "1",
            "How far the runners' answers lie apart, relative, in sampled races.",
            advice: Magnitudes
        );
    }

    private static InstrumentAdvice<double> Magnitudes { get; } =
        new() { HistogramBucketBoundaries = [0, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1] };

    public void Compared(string model, double difference) =>
        _difference.Record(difference, new KeyValuePair<string, object?>("model", model));

    public void Record(string model, ForecastOutcome outcome)
    {
        switch (outcome)
        {
            case ForecastOutcome.Answered { Forecast.Provenance: { } provenance }:
                Count(model, "answered", provenance.Winner.Runner);
                Count(provenance.Loser is null ? [provenance.Winner] : [provenance.Winner, provenance.Loser]);
                _duration.Record(provenance.Latency.TotalSeconds, new KeyValuePair<string, object?>("model", model));
                break;
            case ForecastOutcome.Late late:
                Count(model, "late", "none");
                Count(late.Race);
                break;
            case ForecastOutcome.Failed failed:
                Count(model, "failed", "none");
                Count(failed.Race);
                break;
        }
    }

    private void Count(string model, string outcome, string winner) =>
        _races.Add(1, new("model", model), new("outcome", outcome), new("winner", winner));

    private void Count(IReadOnlyList<RaceLeg> legs)
    {
        if (_canSave && legs.Count == 1)
        {
            _saved.Add(1);
        }

        foreach (var leg in legs)
        {
            _legs.Add(1, new("runner", leg.Runner), new("fate", NameOf(leg.Fate)));
        }
    }

    private static string NameOf(LegFate fate) =>
        fate switch
        {
            LegFate.Answered => "answered",
            LegFate.Cancelled => "cancelled",
            _ => "failed",
        };
}
