using AITrader.Domain.Orders;

namespace AITrader.Contracts.Codecs;

/// <summary>Fills on <see cref="StreamNames.Fills"/>.</summary>
internal sealed class FillCodec : IStreamCodec<Fill>
{
    public string Stream => StreamNames.Fills;

    public string StreamOf(Fill message) => StreamNames.Of(StreamNames.Fills, message.Run);

    public string SymbolOf(Fill message) => string.Empty;

    public string TraceOf(Fill message) => message.Trace;

    public void Encode(Fill message, FieldBuffer fields)
    {
        fields.Add(Fields.OrderId, message.OrderId);
        fields.Add(Fields.FillQuantity, message.Quantity);
        fields.Add(Fields.FillPrice, message.Price);
        fields.Add(Fields.Symbol, message.Symbol);
        fields.Add(Fields.Side, Sides.Format(message.Side));
        fields.Add(Fields.Fee, message.Fee);
        fields.Add(Fields.ExecId, message.ExecId);
        fields.Add(Fields.Liquidity, message.Liquidity);
        fields.Add(Fields.Timestamp, message.Timestamp);
        fields.Add(Fields.Seq, message.Seq);
        fields.AddIfAny(Fields.Run, message.Run);
        fields.AddIfAny(Fields.Trace, message.Trace);
    }

    public Fill Decode(string entryId, ReadOnlySpan<StreamField> fields)
    {
        var reader = new FieldReader(entryId, fields);
        return new Fill
        {
            OrderId = reader.Guid(Fields.OrderId),
            Quantity = reader.Decimal(Fields.FillQuantity),
            Price = reader.Decimal(Fields.FillPrice),
            Symbol = reader.Word(Fields.Symbol),
            Side = Sides.Read(ref reader),
            Fee = reader.Decimal(Fields.Fee),
            ExecId = reader.Guid(Fields.ExecId),
            IsTaker = IsTaker(ref reader),
            Timestamp = reader.Time(Fields.Timestamp),
            Seq = reader.LongOrZero(Fields.Seq),
            Run = reader.WordOrEmpty(Fields.Run),
            Trace = reader.TextOrEmpty(Fields.Trace),
        };
    }

    private static bool IsTaker(ref FieldReader reader)
    {
        var liquidity = reader.Bytes(Fields.Liquidity);
        return liquidity.SequenceEqual("taker"u8)
            || (liquidity.SequenceEqual("maker"u8) ? false : throw reader.Wrong(Fields.Liquidity, "is neither maker nor taker"));
    }
}
