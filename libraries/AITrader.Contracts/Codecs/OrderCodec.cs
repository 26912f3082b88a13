using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;

namespace AITrader.Contracts.Codecs;

/// <summary>Orders and their events on <see cref="StreamNames.Orders"/>.</summary>
internal sealed class OrderCodec : IStreamCodec<OrderMessage>
{
    public string Stream => StreamNames.Orders;

    public string StreamOf(OrderMessage message) => StreamNames.Of(StreamNames.Orders, message.Run);

    public string SymbolOf(OrderMessage message) => string.Empty;

    public string TraceOf(OrderMessage message) => message.Trace;

    public void Encode(OrderMessage message, FieldBuffer fields)
    {
        fields.Add(Fields.Id, message.Id);
        fields.Add(Fields.Symbol, message.Symbol);
        fields.Add(Fields.Side, Sides.Format(message.Side));
        fields.Add(Fields.Quantity, message.Quantity);
        fields.AddIfAny(Fields.Price, message.Price);
        fields.Add(Fields.Type, message.Type);
        fields.Add(Fields.TimeInForce, message.TimeInForce);
        OrderConditionFields.Encode(message.Conditions, fields);
        fields.AddIfAny(Fields.TakeProfit, message.TakeProfit);
        fields.AddIfAny(Fields.StopLoss, message.StopLoss);
        fields.Add(Fields.Event, message.Event);
        if (message.DecisionId is { } decision)
        {
            fields.Add(Fields.DecisionId, decision);
        }

        fields.Add(Fields.ClientOrderId, message.ClientOrderId);
        fields.AddIfAny(Fields.Origin, message.Origin);
        fields.Add(Fields.Timestamp, message.Timestamp);
        fields.Add(Fields.Seq, message.Seq);
        fields.AddIfAny(Fields.Run, message.Run);
        fields.AddIfAny(Fields.Reason, message.Reason);
        fields.AddIfAny(Fields.Trace, message.Trace);
    }

    public OrderMessage Decode(string entryId, ReadOnlySpan<StreamField> fields)
    {
        var reader = new FieldReader(entryId, fields);
        return new OrderMessage
        {
            Id = reader.Guid(Fields.Id),
            Symbol = reader.Word(Fields.Symbol),
            Side = Sides.Read(ref reader),
            Quantity = reader.Decimal(Fields.Quantity),
            Price = reader.DecimalOrNull(Fields.Price),
            Type = reader.Word(Fields.Type),
            TimeInForce = reader.Word(Fields.TimeInForce),
            Conditions = OrderConditionFields.Read(ref reader),
            TakeProfit = reader.DecimalOrNull(Fields.TakeProfit),
            StopLoss = reader.DecimalOrNull(Fields.StopLoss),
            Event = reader.Word(Fields.Event),
            DecisionId = reader.GuidOrNull(Fields.DecisionId),
            ClientOrderId = reader.Guid(Fields.ClientOrderId),
            Origin = reader.WordOrEmpty(Fields.Origin),
            Timestamp = reader.Time(Fields.Timestamp),
            Seq = reader.LongOrZero(Fields.Seq),
            Run = reader.WordOrEmpty(Fields.Run),
            Reason = reader.TextOrEmpty(Fields.Reason),
            Trace = reader.TextOrEmpty(Fields.Trace),
        };
    }
}

/// <summary>BUY and SELL.</summary>
internal static class Sides
{
    public static ReadOnlySpan<byte> Format(Side side) => side == Side.Buy ? "BUY"u8 : "SELL"u8;

    public static Side Read(ref FieldReader reader)
    {
        var side = reader.Bytes(Fields.Side);
        return side.SequenceEqual("BUY"u8) ? Side.Buy
            : side.SequenceEqual("SELL"u8) ? Side.Sell
            : throw reader.Wrong(Fields.Side, "is neither BUY nor SELL");
    }
}
