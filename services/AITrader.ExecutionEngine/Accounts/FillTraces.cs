using System.Diagnostics;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Messaging;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>The spans <c>fill</c> of one commit, each in the trace of its order, from the execution until it is booked and
/// published.</summary>
internal sealed class FillTraces : IDisposable
{
    private readonly DeskAccount _account;
    private readonly Dictionary<Guid, Activity> _spans = [];
    private bool _isStored;

    public FillTraces(DeskAccount deskAccount, IReadOnlyList<TradingOutcome> outcomes)
    {
        _account = deskAccount;
        foreach (var outcome in outcomes)
        {
            Begin(outcome);
        }
    }

    /// <summary>Traceparent of the message that publishes an outcome.</summary>
    public string TraceOf(TradingOutcome outcome) => SpanOf(outcome)?.Id ?? _account.TraceOf(outcome.Order.Id);

    /// <summary>Says that the fills are booked, whatever comes of publishing them.</summary>
    public void Stored() => _isStored = true;

    /// <summary>Logs each fill under its trace, once everything is booked and published.</summary>
    public void Booked(IReadOnlyList<TradingOutcome> outcomes, ILogger log)
    {
        var current = Activity.Current;
        foreach (var outcome in outcomes)
        {
            if (outcome.Fill is { } execution)
            {
                Activity.Current = SpanOf(outcome) ?? current;
                log.Executed(execution.OrderId, execution.Side, execution.Quantity, execution.Symbol, execution.Price);
            }
        }

        Activity.Current = current;
    }

    public void Dispose()
    {
        foreach (var span in _spans.Values)
        {
            if (!_isStored)
            {
                span.SetStatus(ActivityStatusCode.Error, "not booked");
            }

            span.Dispose();
        }
    }

    private Activity? SpanOf(TradingOutcome outcome) => outcome.Fill is { } execution ? _spans.GetValueOrDefault(execution.ExecId) : null;

    private void Begin(TradingOutcome outcome)
    {
        if (
            outcome.Fill is not { } execution
            || MessageTraces.ContextOf(_account.TraceOf(execution.OrderId)) is var order && order == default
            || ExecutionMetrics.Activities.StartBeside("fill", ActivityKind.Consumer, order) is not { } span
        )
        {
            return;
        }

        _spans[execution.ExecId] = span.SetTag("aitrader.order", execution.OrderId)
            .SetTag("aitrader.execution", execution.ExecId)
            .SetTag("aitrader.symbol", execution.Symbol)
            .SetTag("aitrader.quantity", execution.Quantity)
            .SetTag("aitrader.price", execution.Price);
    }
}
