using System.Diagnostics.Metrics;

namespace AITrader.StrategyEngine.Diagnostics;

/// <summary>What advice costs.</summary>
internal sealed class AdviceMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _advice;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Histogram<double> _advising;

    public AdviceMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(StrategyMetrics.Name);
        _advice = _meter.CreateCounter<long>("aitrader.strategy.advice", description: "Questions to the language model, by outcome");
        _tokens = _meter.CreateCounter<long>("aitrader.strategy.advice_tokens", description: "Tokens of advice");
        _cost = _meter.CreateCounter<double>(
            "aitrader.strategy.advice_cost",
            description: "Cost of advice, in the currency of its setting"
        );
        _advising = _meter.CreateHistogram<double>("aitrader.strategy.advising", "ms", "Waiting for advice");
    }

    public void Dispose() => _meter.Dispose();

    public void Advised(string outcome, long tokens, decimal costPerMillion, TimeSpan took)
    {
        _advice.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _tokens.Add(tokens);
        _cost.Add((double)(tokens * costPerMillion / 1_000_000m));
        _advising.Record(took.TotalMilliseconds);
    }
}
