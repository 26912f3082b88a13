using System.Text.Json.Serialization;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>An order that the desk never saw: its client order id belongs to another, or it is of a kind that is not offered.</summary>
/// <param name="Message">What was asked for.</param>
/// <param name="Reason">The denial.</param>
/// <param name="KeepsRow">Whether it gets a row; a duplicate cannot, as the key belongs to the order that has it.</param>
internal sealed record RefusedOrder(OrderMessage Message, string Reason, bool KeepsRow);

/// <summary>Orders as rows.</summary>
internal static class OrderRows
{
    public static OrderRow New(Order order, DateTimeOffset now)
    {
        var request = order.Request;
        return new OrderRow
        {
            Id = request.Id,
            ClientOrderId = request.ClientOrderId,
            DecisionId = request.DecisionId,
            Symbol = request.Symbol,
            Side = request.Side,
            Type = WireNames.Name(request.Type),
            TimeInForce = WireNames.Name(request.TimeInForce),
            Quantity = request.Quantity,
            Price = request.LimitPrice,
            Conditions = OrderJson.Write(request.Conditions),
            Origin = request.Origin,
            Run = request.Run,
            Seq = request.Seq,
            EventTime = request.EventTime,
            Status = WireNames.Name(order.State.Status),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    public static OrderRow New(RefusedOrder refused, DateTimeOffset now) =>
        new()
        {
            Id = refused.Message.Id,
            ClientOrderId = refused.Message.ClientOrderId,
            DecisionId = refused.Message.DecisionId,
            Symbol = refused.Message.Symbol,
            Side = refused.Message.Side,
            Type = refused.Message.Type,
            TimeInForce = refused.Message.TimeInForce,
            Quantity = refused.Message.Quantity,
            Price = refused.Message.Price,
            Conditions = OrderJson.Write(refused.Message.Conditions),
            Origin = refused.Message.Origin,
            Run = refused.Message.Run,
            Seq = refused.Message.Seq,
            LastSeq = refused.Message.Seq,
            EventTime = refused.Message.Timestamp,
            Status = WireNames.Name(OrderStatus.Denied),
            Reason = refused.Reason,
            CreatedAt = now,
            UpdatedAt = now,
        };

    public static OrderEventRow Denied(RefusedOrder refused, DateTimeOffset now) =>
        new()
        {
            OrderId = refused.Message.Id,
            Status = WireNames.Name(OrderStatus.Denied),
            Reason = refused.Reason,
            Timestamp = refused.Message.Timestamp,
            Seq = refused.Message.Seq,
            RecordedAt = now,
        };

    public static void Update(OrderRow row, Order order, DateTimeOffset now)
    {
        row.Quantity = order.Request.Quantity;
        row.Price = order.Request.LimitPrice;
        row.Conditions = OrderJson.Write(order.Request.Conditions);
        row.Held = OrderJson.Write(order.State.IsTerminal ? null : order.Held);
        row.Change = OrderJson.Write(order.Change);
        row.ReducedQuantity = order.Reduced;
        row.ReferencePrice = order.Reference;
        row.FilledQuantity = order.Filled;
        row.AveragePrice = order.AveragePrice;
        row.Status = WireNames.Name(order.State.Status);
        row.Reason = order.Reason;
        row.LastSeq = order.LastSeq;
        row.UpdatedAt = now;
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class AuditJson : JsonSerializerContext;
