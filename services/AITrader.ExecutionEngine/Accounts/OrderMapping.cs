using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Maps messages and rows to the desk's types and back.</summary>
internal static class OrderMapping
{
    /// <summary>The tick with quantities that the account can store.</summary>
    /// <remarks>
    /// At a price that no column holds nothing can be bought or sold: what is not shown is neither filled nor traded on. Of a quantity
    /// counts what a column holds.
    /// </remarks>
    public static Tick ToBookable(this Tick tick) =>
        tick with
        {
            Volume = Capped(tick.Volume),
            Bid = Bookable(tick.Bid),
            BidSize = tick.BidSize is { } bid ? Capped(bid) : null,
            Ask = Bookable(tick.Ask),
            AskSize = tick.AskSize is { } ask ? Capped(ask) : null,
        };

    /// <summary>The order as the desk takes it; null where its type or time in force is not known, or it is half a bracket.</summary>
    /// <remarks>An order that no tick caused (a manual one) belongs to its run's market as it is now.</remarks>
    public static OrderRequest? ToRequest(this OrderMessage message, TradingDesk desk)
    {
        if (
            WireNames.FindType(message.Type) is not { } type
            || WireNames.FindTimeInForce(message.TimeInForce) is not { } force
            || (message.TakeProfit is null) != (message.StopLoss is null)
        )
        {
            return null;
        }

        var isManual = message.Seq == 0 && message.DecisionId is null;
        return new OrderRequest
        {
            Id = message.Id,
            ClientOrderId = message.ClientOrderId,
            DecisionId = message.DecisionId,
            Symbol = message.Symbol,
            Side = message.Side,
            Type = type,
            TimeInForce = force,
            Quantity = message.Quantity,
            LimitPrice = message.Price,
            Conditions = message.Conditions,
            Origin = message.Origin,
            EventTime = isManual && message.Run.Length > 0 ? desk.Now : message.Timestamp,
            Seq = isManual ? desk.Seq : message.Seq,
            Run = message.Run,
        };
    }

    /// <summary>The new terms that a request asks for.</summary>
    public static OrderChange ToChange(this OrderMessage message, TradingDesk desk) =>
        new(
            message.ClientOrderId,
            message.Quantity,
            message.Price,
            message.Conditions.TriggerPrice,
            message.Seq == 0 && message.Run.Length > 0 ? desk.Now : message.Timestamp
        );

    /// <summary>A working order as stored.</summary>
    public static Order ToOrder(this OrderRow row, IReadOnlyList<ExecutionRow> executions)
    {
        var status = WireNames.FindStatus(row.Status)
            ?? throw new InvalidOperationException($"Order {row.Id} has unknown status {row.Status}.");
        return new Order
        {
            Request = new OrderRequest
            {
                Id = row.Id,
                ClientOrderId = row.ClientOrderId,
                DecisionId = row.DecisionId,
                Symbol = row.Symbol,
                Side = row.Side,
                Type = WireNames.FindType(row.Type) ?? throw new InvalidOperationException($"Order {row.Id} has unknown type {row.Type}."),
                TimeInForce = WireNames.FindTimeInForce(row.TimeInForce)
                    ?? throw new InvalidOperationException($"Order {row.Id} has unknown time in force {row.TimeInForce}."),
                Quantity = row.Quantity,
                LimitPrice = row.Price,
                Conditions = OrderJson.Conditions(row.Conditions),
                Origin = row.Origin,
                EventTime = row.EventTime,
                Seq = row.Seq,
                Run = row.Run,
            },
            State = StateOf(status, row, executions),
            Change = OrderJson.Change(row.Change),
            Held = OrderJson.Held(row.Held),
            Reduced = row.ReducedQuantity,
            Reference = row.ReferencePrice,
            Filled = executions.Sum(static execution => execution.Quantity),
            FilledNotional = executions.Sum(static execution => execution.Quantity * execution.Price),
            Executions = [.. executions.Select(static execution => execution.ExecId)],
            LastSeq = row.LastSeq,
            Reason = row.Reason,
        };
    }

    /// <summary>The event that is published of an order's step.</summary>
    public static OrderMessage ToMessage(this TradingOutcome outcome, string trace)
    {
        var request = outcome.Order.Request;
        return new OrderMessage
        {
            Id = request.Id,
            Symbol = request.Symbol,
            Side = request.Side,
            Quantity = request.Quantity,
            Price = request.LimitPrice,
            Type = WireNames.Name(request.Type),
            TimeInForce = WireNames.Name(request.TimeInForce),
            Conditions = request.Conditions,
            Event = WireNames.Name(outcome.Status),
            DecisionId = request.DecisionId,
            ClientOrderId = request.ClientOrderId,
            Origin = request.Origin,
            Timestamp = outcome.Timestamp,
            Seq = outcome.Seq,
            Run = request.Run,
            Reason = outcome.Reason,
            Trace = trace,
        };
    }

    // The state before a pending one follows from what has happened to the order.
    private static OrderState StateOf(OrderStatus status, OrderRow row, IReadOnlyList<ExecutionRow> executions) =>
        status is not (OrderStatus.PendingUpdate or OrderStatus.PendingCancel) ? OrderState.Of(status)
        : executions.Count > 0 ? new OrderState(status, OrderStatus.PartiallyFilled)
        : OrderJson.Held(row.Held) is { Waits: false } && row.Type is not ("LIMIT" or "MARKET" or "ICEBERG")
            ? new OrderState(status, OrderStatus.Triggered)
        : new OrderState(status, OrderStatus.Accepted);

    private static Price? Bookable(Price? price) => price is { } shown && AccountNumbers.Fits(shown) ? shown : null;

    private static Quantity Capped(Quantity quantity) =>
        AccountNumbers.Fits(quantity) ? quantity : Quantity.Of(AccountNumbers.Floor(quantity));
}
