using System.Text;
using System.Text.Json;

namespace AITrader.Contracts.Codecs;

/// <summary>Messages as field/value text, for what keeps an entry elsewhere: the outbox and the dead letters.</summary>
public static class StreamText
{
    /// <summary>The fields that the message has on its stream.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write<T>(T message)
        where T : class
    {
        var buffer = new FieldBuffer();
        StreamCodecs.For<T>().Encode(message, buffer);
        var fields = new KeyValuePair<string, string>[buffer.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new(buffer.NameAt(i).Text, Encoding.UTF8.GetString(buffer.ValueAt(i).Span));
        }

        return fields;
    }

    /// <summary>The message that has these fields.</summary>
    /// <exception cref="StreamFormatException">A field is missing or malformed.</exception>
    public static T Read<T>(IReadOnlyList<KeyValuePair<string, string>> fields, string entryId = "-")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(fields);
        var utf8 = new StreamField[fields.Count];
        for (var i = 0; i < utf8.Length; i++)
        {
            utf8[i] = new StreamField(Encoding.UTF8.GetBytes(fields[i].Key), Encoding.UTF8.GetBytes(fields[i].Value));
        }

        return StreamCodecs.For<T>().Decode(entryId, utf8);
    }

    /// <summary>The fields of a message as one JSON object of strings.</summary>
    public static string ToJson<T>(T message)
        where T : class
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Write(message))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The fields of a JSON object of strings, in its order.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
            [
                .. document
                    .RootElement.EnumerateObject()
                    .Select(static field => new KeyValuePair<string, string>(field.Name, field.Value.GetString()!)),
            ];
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new FormatException("fields are not a JSON object of strings", malformed);
        }
    }
}
