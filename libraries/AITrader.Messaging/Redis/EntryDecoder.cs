using AITrader.Contracts.Codecs;
using RedisEntry = StackExchange.Redis.StreamEntry;

namespace AITrader.Messaging.Redis;

/// <summary>Decodes entries into messages. For one caller at a time.</summary>
internal sealed class EntryDecoder<T>(IStreamCodec<T> codec)
    where T : class
{
    private StreamField[] _fields = new StreamField[32];

    /// <exception cref="StreamFormatException">A field is missing or malformed.</exception>
    public T Decode(in RedisEntry entry)
    {
        var values = entry.Values;
        if (_fields.Length < values.Length)
        {
            _fields = new StreamField[values.Length];
        }

        for (var i = 0; i < values.Length; i++)
        {
            _fields[i] = new StreamField(values[i].Name, values[i].Value);
        }

        return codec.Decode(entry.Id!, _fields.AsSpan(0, values.Length));
    }
}
