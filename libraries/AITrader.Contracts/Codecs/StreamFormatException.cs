namespace AITrader.Contracts.Codecs;

/// <summary>A stream entry is not what its stream promises.</summary>
public sealed class StreamFormatException : FormatException
{
    /// <summary>Says which field of which entry is wrong, and how.</summary>
    public StreamFormatException(string entryId, string field, string problem)
        : base($"entry {entryId}: field '{field}' {problem}")
    {
        EntryId = entryId;
        Field = field;
    }

    /// <summary>The entry.</summary>
    public string EntryId { get; }

    /// <summary>The field.</summary>
    public string Field { get; }
}
