using System.Diagnostics;
using System.Diagnostics.Metrics;
using AITrader.Trading.Decisions;

namespace AITrader.StrategyEngine.Diagnostics;

/// <summary>What the engine counts and times.</summary>
internal sealed class StrategyMetrics : IDisposable
{
    public const string Name = "AITrader.StrategyEngine";

    public static readonly ActivitySource Activities = new(Name);

    private readonly Meter _meter;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _forecasts;
    private readonly Counter<long> _redelivered;
    private readonly Counter<long> _sentAgain;
    private readonly Counter<long> _filtered;
    private readonly Counter<long> _sentiment;
    private readonly Counter<long> _outcomes;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _forecast;

    public StrategyMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _decisions = _meter.CreateCounter<long>("aitrader.strategy.decisions", description: "Decisions by action");
        _forecasts = _meter.CreateCounter<long>("aitrader.strategy.forecasts", description: "Forecasts by where they came from");
        _redelivered = _meter.CreateCounter<long>("aitrader.strategy.redelivered", description: "Signals that were decided already");
        _sentAgain = _meter.CreateCounter<long>("aitrader.strategy.orders_sent_again", description: "Orders that the bus lost");
        _filtered = _meter.CreateCounter<long>(
            "aitrader.strategy.filtered",
            description: "Signals that led to no order whatever their score, by reason"
        );
        _sentiment = _meter.CreateCounter<long>("aitrader.strategy.sentiment_readings", description: "Sentiment readings stored");
        _outcomes = _meter.CreateCounter<long>(
            "aitrader.strategy.outcomes",
            description: "Forecasts of decisions by what came of them: scored by their runner, or why not"
        );
        _latency = _meter.CreateHistogram<double>(
            "aitrader.strategy.signal_to_decision",
            "ms",
            "From the signal on the bus until its decision is stored"
        );
        _forecast = _meter.CreateHistogram<double>("aitrader.strategy.forecast", "ms", "Waiting for a forecast");
    }

    public void Dispose() => _meter.Dispose();

    public void Decided(string action, TimeSpan sinceBus)
    {
        _decisions.Add(1, new KeyValuePair<string, object?>("action", action));
        _latency.Record(Math.Max(0d, sinceBus.TotalMilliseconds));
    }

    /// <summary>Counts a decision that a rule, not its score, has made a HOLD.</summary>
    public void Filtered(Decision decision)
    {
        var code = decision.Reason.Split(' ', 2)[0];
        if (decision.Action == DecisionAction.Hold && code != DecisionModel.BelowThreshold)
        {
            _filtered.Add(1, new KeyValuePair<string, object?>("reason", code));
        }
    }

    public void SentimentRead(int readings) => _sentiment.Add(readings);

    public void Forecast(string source, TimeSpan took)
    {
        _forecasts.Add(1, new KeyValuePair<string, object?>("source", source));
        _forecast.Record(took.TotalMilliseconds);
    }

    public void Outcomes(string fate, int count) => _outcomes.Add(count, new KeyValuePair<string, object?>("fate", fate));

    public void Redelivered() => _redelivered.Add(1);

    public void SentAgain(int orders) => _sentAgain.Add(orders);
}
