using AITrader.Contracts.Messages;

namespace AITrader.Contracts.Codecs;

/// <summary>Wake-ups on the stream of their job type.</summary>
internal sealed class JobCodec : IStreamCodec<JobMessage>
{
    public string? Stream => null;

    public string StreamOf(JobMessage message) => StreamNames.Jobs(message.Type);

    public string SymbolOf(JobMessage message) => string.Empty;

    public string TraceOf(JobMessage message) => message.Trace;

    public void Encode(JobMessage message, FieldBuffer fields)
    {
        fields.Add(Fields.Id, message.Id);
        fields.Add(Fields.Type, message.Type);
        fields.AddIfAny(Fields.Trace, message.Trace);
    }

    public JobMessage Decode(string entryId, ReadOnlySpan<StreamField> fields)
    {
        var reader = new FieldReader(entryId, fields);
        return new JobMessage
        {
            Id = reader.Guid(Fields.Id),
            Type = reader.Word(Fields.Type),
            Trace = reader.TextOrEmpty(Fields.Trace),
        };
    }
}
