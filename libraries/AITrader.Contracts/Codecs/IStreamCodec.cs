namespace AITrader.Contracts.Codecs;

/// <summary>How a message becomes the flat fields of a stream entry, and back. Safe from any thread.</summary>
public interface IStreamCodec<T>
    where T : class
{
    /// <summary>The stream of the type, where live messages are; null where the message decides, as with jobs.</summary>
    string? Stream { get; }

    /// <summary>The stream of a message: that of replays where it belongs to one.</summary>
    string StreamOf(T message);

    /// <summary>The symbol that a message is partitioned by; empty where its stream is not partitioned.</summary>
    string SymbolOf(T message);

    /// <summary>W3C traceparent of a message; empty where it has none.</summary>
    string TraceOf(T message);

    /// <summary>Appends the fields of a message.</summary>
    /// <exception cref="ArgumentException">A value has no place on the wire, such as a NaN.</exception>
    void Encode(T message, FieldBuffer fields);

    /// <summary>The message of an entry.</summary>
    /// <exception cref="StreamFormatException">A field is missing or malformed.</exception>
    T Decode(string entryId, ReadOnlySpan<StreamField> fields);
}

/// <summary>One field of an entry, as UTF-8.</summary>
/// <param name="Name">Name.</param>
/// <param name="Value">Value.</param>
public readonly record struct StreamField(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value);
