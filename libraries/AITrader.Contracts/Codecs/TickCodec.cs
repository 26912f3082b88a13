using AITrader.Domain.Ticks;

namespace AITrader.Contracts.Codecs;

/// <summary>Ticks on <see cref="StreamNames.RawTicks"/>.</summary>
internal sealed class TickCodec : IStreamCodec<Tick>
{
    public string Stream => StreamNames.RawTicks;

    public string StreamOf(Tick message) => StreamNames.Of(StreamNames.RawTicks, message.Run);

    public string SymbolOf(Tick message) => message.Symbol;

    public string TraceOf(Tick message) => message.Trace;

    public void Encode(Tick message, FieldBuffer fields)
    {
        fields.Add(Fields.Symbol, message.Symbol);
        fields.Add(Fields.Price, message.Price);
        fields.Add(Fields.Volume, message.Volume);
        fields.Add(Fields.Timestamp, message.Timestamp);
        fields.Add(Fields.Kind, message.Kind == TickKind.Trade ? "trade"u8 : "quote"u8);
        fields.AddIfAny(Fields.Bid, message.Bid);
        fields.AddIfAny(Fields.BidSize, message.BidSize);
        fields.AddIfAny(Fields.Ask, message.Ask);
        fields.AddIfAny(Fields.AskSize, message.AskSize);
        fields.Add(Fields.Source, message.Source);
        fields.Add(Fields.Seq, message.Seq);
        fields.AddIfAny(Fields.Run, message.Run);
        fields.AddIfAny(Fields.Trace, message.Trace);
        if (message.Flags != TickFlags.None)
        {
            TickFlagCodec.Add(fields, message.Flags);
        }

        if (message.ReceivedAt is { } received)
        {
            fields.Add(Fields.ReceivedAt, received);
        }

        if (message.TradeId is { } trade)
        {
            fields.Add(Fields.TradeId, trade);
        }
    }

    public Tick Decode(string entryId, ReadOnlySpan<StreamField> fields)
    {
        var reader = new FieldReader(entryId, fields);
        return new Tick
        {
            Symbol = reader.Word(Fields.Symbol),
            Price = reader.Price(Fields.Price),
            Volume = reader.Quantity(Fields.Volume),
            Timestamp = reader.Time(Fields.Timestamp),
            Kind = Kind(ref reader),
            Bid = reader.PriceOrNull(Fields.Bid),
            BidSize = reader.QuantityOrNull(Fields.BidSize),
            Ask = reader.PriceOrNull(Fields.Ask),
            AskSize = reader.QuantityOrNull(Fields.AskSize),
            Source = reader.Word(Fields.Source),
            Seq = reader.Long(Fields.Seq),
            Run = reader.WordOrEmpty(Fields.Run),
            Trace = reader.TextOrEmpty(Fields.Trace),
            Flags = reader.TryFind(Fields.Flags, out var flags) ? TickFlagCodec.Read(flags) : TickFlags.None,
            ReceivedAt = reader.TryFind(Fields.ReceivedAt, out _) ? reader.Time(Fields.ReceivedAt) : null,
            TradeId = reader.TryFind(Fields.TradeId, out _) ? reader.Long(Fields.TradeId) : null,
        };
    }

    private static TickKind Kind(ref FieldReader reader)
    {
        var kind = reader.Bytes(Fields.Kind);
        return kind.SequenceEqual("trade"u8) ? TickKind.Trade
            : kind.SequenceEqual("quote"u8) ? TickKind.Quote
            : throw reader.Wrong(Fields.Kind, "is neither trade nor quote");
    }
}
