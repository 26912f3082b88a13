using AITrader.Contracts.Messages;

namespace AITrader.Contracts.Codecs;

/// <summary>Decisions on <see cref="StreamNames.Decisions"/>.</summary>
internal sealed class DecisionCodec : IStreamCodec<DecisionMessage>
{
    public string Stream => StreamNames.Decisions;

    public string StreamOf(DecisionMessage message) => StreamNames.Of(StreamNames.Decisions, message.Run);

    public string SymbolOf(DecisionMessage message) => string.Empty;

    public string TraceOf(DecisionMessage message) => message.Trace;

    public void Encode(DecisionMessage message, FieldBuffer fields)
    {
        fields.Add(Fields.Id, message.Id);
        fields.Add(Fields.SignalId, message.SignalId);
        fields.Add(Fields.Symbol, message.Symbol);
        fields.Add(Fields.Action, message.Action);
        fields.Add(Fields.Score, message.Score);
        fields.Add(Fields.Factors, message.Factors);
        fields.Add(Fields.Provenance, message.Provenance);
        fields.Add(Fields.Timestamp, message.Timestamp);
        fields.Add(Fields.Seq, message.Seq);
        fields.AddIfAny(Fields.Run, message.Run);
        fields.AddIfAny(Fields.Trace, message.Trace);
    }

    public DecisionMessage Decode(string entryId, ReadOnlySpan<StreamField> fields)
    {
        var reader = new FieldReader(entryId, fields);
        return new DecisionMessage
        {
            Id = reader.Guid(Fields.Id),
            SignalId = reader.Guid(Fields.SignalId),
            Symbol = reader.Word(Fields.Symbol),
            Action = Action(ref reader),
            Score = reader.Double(Fields.Score),
            Factors = reader.Text(Fields.Factors),
            Provenance = reader.Text(Fields.Provenance),
            Timestamp = reader.Time(Fields.Timestamp),
            Seq = reader.LongOrZero(Fields.Seq),
            Run = reader.WordOrEmpty(Fields.Run),
            Trace = reader.TextOrEmpty(Fields.Trace),
        };
    }

    private static string Action(ref FieldReader reader)
    {
        var action = reader.Word(Fields.Action);
        return action is "BUY" or "SELL" or "HOLD" ? action : throw reader.Wrong(Fields.Action, "is none of BUY, SELL, HOLD");
    }
}
