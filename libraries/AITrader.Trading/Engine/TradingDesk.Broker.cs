using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>The desk before a broker: live orders are executed there, and what becomes of them is told here.</summary>
public sealed partial class TradingDesk
{
    /// <summary>What the broker of live orders takes as it is; null where the simulator executes them. Replays are always
    /// simulated.</summary>
    public BrokerCapabilities? Broker { get; init; }

    /// <summary>Whether our books and the broker's were compared and agree; until then live orders are denied.</summary>
    public bool IsAgreed { get; set; } = true;

    /// <summary>Takes an order that another desk has taken.</summary>
    public Order Adopt(OrderRequest request) => Take(request).Order;

    /// <summary>Takes over what became of an order at the desk that has it; one that ended here may still be executed there.</summary>
    public IReadOnlyList<TradingOutcome> Apply(Order order, OrderNews news) => _told.Apply(order, news);

    /// <summary>Whether the orders of a run are executed by the broker.</summary>
    public bool IsAtBroker(string run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Broker is not null && run.Length == 0;
    }

    /// <summary>Whether the broker has, or will get, an open part of an order.</summary>
    public bool IsOut(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return IsAtBroker(order.Request.Run) && order.State.IsWorking && (order.Held is null || order.Held.Sent is { Open: > 0m });
    }

    /// <summary>The working order, as it is now; null where it is done.</summary>
    public Order? Find(Guid orderId) => _working.Find(orderId);

    /// <summary>Takes up that a working order is to end, as it was asked for before a restart.</summary>
    public void RestoreEnding(Guid orderId, string reason)
    {
        if (_working.Find(orderId) is { } order)
        {
            _working.Replace(order with { Ending = reason });
        }
    }

    /// <summary>Takes over a step of an order that the broker has; one that is not legal any more changes nothing.</summary>
    public IReadOnlyList<TradingOutcome> OnBroker(Order order, OrderStep step, string reason, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(order);
        var outcomes = new List<TradingOutcome>();
        _brokerSteps.Take(order, step, reason, at, Seq, outcomes);
        return outcomes;
    }

    /// <summary>The broker will not end an order that it was asked to end.</summary>
    public IReadOnlyList<TradingOutcome> OnCancelRefused(Order order, string reason, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(order);
        var outcomes = new List<TradingOutcome>();
        _brokerSteps.GoOn(order, reason, at, Seq, outcomes);
        return outcomes;
    }

    /// <summary>The broker took a change, or refused it for a reason.</summary>
    public IReadOnlyList<TradingOutcome> OnChanged(Order order, string refusal, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(refusal);
        var outcomes = new List<TradingOutcome>();
        _brokerSteps.Changed(order, refusal, at, Seq, outcomes);
        return outcomes;
    }

    /// <summary>Books an execution at the broker, with the checks that follow a trade; one that is booked already changes
    /// nothing.</summary>
    /// <param name="order">The order; it may be done, as a late execution is real.</param>
    /// <param name="fill">The execution.</param>
    public IReadOnlyList<TradingOutcome> OnExecution(Order order, Fill fill)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(fill);
        var outcomes = new List<TradingOutcome>();
        _risk.StartTick(fill.Symbol, Later(fill.Timestamp));
        _brokerSteps.Book(order, fill, outcomes);
        if (_risk.EndTick(outcomes, Mark(fill.Symbol)) is { } breach)
        {
            HaltReason = breach;
            outcomes.AddRange(SetTradingState(TradingState.Halted));
        }

        return outcomes;
    }

    /// <summary>Halts trading for a reason that was found outside of the desk; the working orders that add risk are cancelled.</summary>
    public IReadOnlyList<TradingOutcome> Halt(Denial reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (TradingState != TradingState.Halted)
        {
            HaltReason = reason;
        }

        return SetTradingState(TradingState.Halted);
    }

    // Exits of a bracket last until they are cancelled; where the broker has no such orders they last for the day, as its positions do.
    private Bracket ForBroker(Bracket bracket) =>
        CapabilitiesOf(bracket.Entry.Run).HasFlag(BrokerCapabilities.Gtc)
            ? bracket
            : bracket with
            {
                Entry = ForBroker(bracket.Entry),
                TakeProfit = bracket.TakeProfit with { TimeInForce = TimeInForce.Day },
                StopLoss = bracket.StopLoss with { TimeInForce = TimeInForce.Day },
            };

    // An order at the market does not last: that it is good until cancelled asks for nothing.
    private OrderRequest ForBroker(OrderRequest request) =>
        request is { Type: OrderType.Market, TimeInForce: TimeInForce.Gtc } && !CapabilitiesOf(request.Run).HasFlag(BrokerCapabilities.Gtc)
            ? request with
            {
                TimeInForce = TimeInForce.Day,
            }
            : request;

    private BrokerCapabilities CapabilitiesOf(string run) => IsAtBroker(run) ? Broker!.Value : BrokerCapabilities.Simulator;

    private Denial? RefusalOf(OrderRequest request) => IsAtBroker(request.Run) ? LocalEmulation.Refusal(request, Broker!.Value) : null;
}
