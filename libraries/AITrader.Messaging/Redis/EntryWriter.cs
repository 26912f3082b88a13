using System.Diagnostics;
using AITrader.Contracts.Codecs;
using StackExchange.Redis;

namespace AITrader.Messaging.Redis;

/// <summary>Encodes messages into entries. The entries share the buffer of the writer: create a new writer for each batch.</summary>
internal sealed class EntryWriter(int capacity = EntryWriter.SingleCapacity)
{
    public const int SingleCapacity = 512;
    public const int BatchCapacity = 32 * 1024;

    private readonly FieldBuffer _fields = new(capacity);

    public NameValueEntry[] Write<T>(IStreamCodec<T> codec, T message)
        where T : class
    {
        _fields.NextEntry();
        codec.Encode(message, _fields);
        if (Activity.Current is { Id: { } trace } && codec.TraceOf(message).Length == 0)
        {
            _fields.Add(StreamCodecs.Trace, trace);
        }

        var entry = new NameValueEntry[_fields.Count];
        for (var i = 0; i < entry.Length; i++)
        {
            entry[i] = new NameValueEntry(_fields.NameAt(i).Utf8, _fields.ValueAt(i));
        }

        return entry;
    }
}
