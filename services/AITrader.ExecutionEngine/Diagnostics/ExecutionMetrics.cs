using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AITrader.Domain.Orders;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Diagnostics;

/// <summary>What the engine counts and times.</summary>
internal sealed class ExecutionMetrics : IDisposable
{
    public const string Name = "AITrader.ExecutionEngine";

    public static readonly ActivitySource Activities = new(Name);

    private readonly Meter _meter;
    private readonly Counter<long> _ticks;
    private readonly Counter<long> _steps;
    private readonly Counter<long> _denials;
    private readonly Counter<long> _redelivered;
    private readonly Counter<long> _breaches;
    private readonly Histogram<double> _decisionToOrder;
    private readonly Histogram<double> _orderToFill;
    private readonly Histogram<double> _tickToFill;
    private readonly Histogram<double> _commit;
    private readonly ConcurrentDictionary<string, (int Working, bool IsHalted)> _lanes = new(StringComparer.Ordinal);

    public ExecutionMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _ticks = _meter.CreateCounter<long>("aitrader.execution.ticks", description: "Ticks offered to the working orders");
        _steps = _meter.CreateCounter<long>("aitrader.execution.order_steps", description: "States that orders entered");
        _denials = _meter.CreateCounter<long>("aitrader.execution.denials", description: "Orders denied, by code");
        _redelivered = _meter.CreateCounter<long>("aitrader.execution.redelivered", description: "Messages whose effect was there already");
        _breaches = _meter.CreateCounter<long>("aitrader.execution.breaches", description: "Broken identities of the account");
        _decisionToOrder = _meter.CreateHistogram<double>(
            "aitrader.execution.decision_to_order",
            "ms",
            "From the order on the bus until it is checked and stored"
        );
        _orderToFill = _meter.CreateHistogram<double>("aitrader.execution.order_to_fill", "ms", "Event time from order to execution");
        _tickToFill = _meter.CreateHistogram<double>("aitrader.execution.tick_to_fill", "ms", "From a live tick until its fill is stored");
        _commit = _meter.CreateHistogram<double>("aitrader.execution.commit", "ms", "One transaction of effects");
        _meter.CreateObservableGauge(
            "aitrader.execution.working_orders",
            () => _lanes.Select(static lane => Of(lane.Key, lane.Value.Working)),
            description: "Orders that may still trade"
        );
        _meter.CreateObservableGauge(
            "aitrader.execution.halted",
            () => _lanes.Select(static lane => Of(lane.Key, lane.Value.IsHalted ? 1 : 0)),
            description: "1 while trading is halted"
        );
    }

    public void Dispose() => _meter.Dispose();

    public void Ticks(int count) => _ticks.Add(count);

    public void Redelivered(string what) => _redelivered.Add(1, new KeyValuePair<string, object?>("message", what));

    public void Breach(string identity) => _breaches.Add(1, new KeyValuePair<string, object?>("identity", identity));

    public void Committed(TimeSpan elapsed) => _commit.Record(elapsed.TotalMilliseconds);

    public void OrderTaken(TimeSpan sinceBus) => _decisionToOrder.Record(Math.Max(0d, sinceBus.TotalMilliseconds));

    /// <summary>How things stand with the account of a lane.</summary>
    public void State(string lane, int working, bool isHalted) => _lanes[lane] = (working, isHalted);

    public void Outcome(TradingOutcome outcome, DateTimeOffset now)
    {
        _steps.Add(1, new KeyValuePair<string, object?>("status", WireNames.Name(outcome.Status)));
        if (outcome.Status == OrderStatus.Denied)
        {
            _denials.Add(1, new KeyValuePair<string, object?>("code", outcome.Reason.Split(' ', 2)[0]));
        }

        if (outcome.Fill is { } execution)
        {
            _orderToFill.Record((execution.Timestamp - outcome.Order.Request.EventTime).TotalMilliseconds);
            if (outcome.Order.Request.Run.Length == 0)
            {
                _tickToFill.Record(Math.Max(0d, (now - execution.Timestamp).TotalMilliseconds));
            }
        }
    }

    private static Measurement<int> Of(string lane, int value) => new(value, new KeyValuePair<string, object?>("lane", lane));
}
