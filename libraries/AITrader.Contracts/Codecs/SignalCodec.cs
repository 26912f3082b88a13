using System.Text.Json;
using AITrader.Contracts.Messages;
using AITrader.Domain.Signals;

namespace AITrader.Contracts.Codecs;

/// <summary>Signals on <see cref="StreamNames.Signals"/>.</summary>
internal sealed class SignalCodec : IStreamCodec<Signal>
{
    public string Stream => StreamNames.Signals;

    public string StreamOf(Signal message) => StreamNames.Of(StreamNames.Signals, message.Run);

    public string SymbolOf(Signal message) => message.Symbol;

    public string TraceOf(Signal message) => message.Trace;

    public void Encode(Signal message, FieldBuffer fields)
    {
        fields.Add(Fields.Id, message.Id);
        fields.Add(Fields.Symbol, message.Symbol);
        fields.Add(Fields.Score, message.Score);
        fields.Add(Fields.Timestamp, message.Timestamp);
        fields.Add(Fields.Pattern, message.Pattern);
        fields.Add(Fields.Direction, message.Direction == SignalDirection.Bullish ? "BULLISH"u8 : "BEARISH"u8);
        fields.Add(Fields.Price, message.Price);
        fields.Add(Fields.TickId, message.TickId);
        fields.Add(Fields.Seq, message.Seq);
        fields.AddIfAny(Fields.Run, message.Run);
        fields.Add(Fields.Features, JsonSerializer.SerializeToUtf8Bytes(message.Features, WireJson.Default.SignalFeatures));
        fields.AddIfAny(Fields.Trace, message.Trace);
    }

    public Signal Decode(string entryId, ReadOnlySpan<StreamField> fields)
    {
        var reader = new FieldReader(entryId, fields);
        return new Signal
        {
            Id = reader.Guid(Fields.Id),
            Symbol = reader.Word(Fields.Symbol),
            Score = reader.Double(Fields.Score),
            Timestamp = reader.Time(Fields.Timestamp),
            Pattern = reader.Word(Fields.Pattern),
            Direction = Direction(ref reader),
            Price = reader.Decimal(Fields.Price),
            TickId = reader.Text(Fields.TickId),
            Seq = reader.Long(Fields.Seq),
            Run = reader.WordOrEmpty(Fields.Run),
            Features = WireJson.Read(ref reader, Fields.Features, WireJson.Default.SignalFeatures),
            Trace = reader.TextOrEmpty(Fields.Trace),
        };
    }

    private static SignalDirection Direction(ref FieldReader reader)
    {
        var direction = reader.Bytes(Fields.Direction);
        return direction.SequenceEqual("BULLISH"u8) ? SignalDirection.Bullish
            : direction.SequenceEqual("BEARISH"u8) ? SignalDirection.Bearish
            : throw reader.Wrong(Fields.Direction, "is neither BULLISH nor BEARISH");
    }
}

/// <summary>Short signals on the stream of their symbol.</summary>
internal sealed class SymbolSignalCodec : IStreamCodec<SymbolSignal>
{
    public string? Stream => null;

    public string StreamOf(SymbolSignal message) => StreamNames.Of(StreamNames.SymbolSignals(message.Meta.Symbol), message.Meta.Run);

    public string SymbolOf(SymbolSignal message) => string.Empty;

    public string TraceOf(SymbolSignal message) => message.Meta.Trace;

    public void Encode(SymbolSignal message, FieldBuffer fields)
    {
        fields.Add(Fields.Id, message.Id);
        fields.Add(Fields.Score, message.Score);
        fields.Add(Fields.Pattern, message.Pattern);
        fields.Add(Fields.Meta, JsonSerializer.SerializeToUtf8Bytes(message.Meta, WireJson.Default.SymbolSignalMeta));
    }

    public SymbolSignal Decode(string entryId, ReadOnlySpan<StreamField> fields)
    {
        var reader = new FieldReader(entryId, fields);
        return new SymbolSignal
        {
            Id = reader.Guid(Fields.Id),
            Score = reader.Double(Fields.Score),
            Pattern = reader.Word(Fields.Pattern),
            Meta = WireJson.Read(ref reader, Fields.Meta, WireJson.Default.SymbolSignalMeta),
        };
    }
}
