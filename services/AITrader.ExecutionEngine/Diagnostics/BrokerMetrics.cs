using System.Diagnostics.Metrics;
using AITrader.Domain.Brokers;

namespace AITrader.ExecutionEngine.Diagnostics;

/// <summary>What is counted of the broker.</summary>
internal sealed class BrokerMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _differences;
    private readonly Counter<long> _postbacks;
    private int _working;
    private int _unknown;

    public BrokerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ExecutionMetrics.Name);
        _answers = _meter.CreateCounter<long>("aitrader.execution.broker_answers", description: "Answers to what was sent, by what came");
        _differences = _meter.CreateCounter<long>(
            "aitrader.execution.broker_differences",
            description: "Differences between the broker's books and ours, by kind"
        );
        _postbacks = _meter.CreateCounter<long>(
            "aitrader.execution.postbacks",
            description: "What was posted as the broker's, by what came of it"
        );
        _meter.CreateObservableGauge(
            "aitrader.execution.broker_orders",
            () => Volatile.Read(ref _working),
            description: "Orders, and parts of orders, that the broker has or may have"
        );
        _meter.CreateObservableGauge(
            "aitrader.execution.unknown_orders",
            () => Volatile.Read(ref _unknown),
            description: "Orders of which nobody knows whether the broker has them"
        );
    }

    public void Dispose() => _meter.Dispose();

    public void Answered(string request, BrokerAnswer answer) =>
        _answers.Add(
            1,
            new KeyValuePair<string, object?>("request", request),
            new KeyValuePair<string, object?>(
                "answer",
                answer switch
                {
                    BrokerAnswer.Accepted => "accepted",
                    BrokerAnswer.Refused => "refused",
                    _ => "unknown",
                }
            )
        );

    public void Differs(string kind) => _differences.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Posted(string outcome) => _postbacks.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Shows(int working, int unknown)
    {
        Volatile.Write(ref _working, working);
        Volatile.Write(ref _unknown, unknown);
    }
}
