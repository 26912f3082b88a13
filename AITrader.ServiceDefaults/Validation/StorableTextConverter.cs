using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.ServiceDefaults.Validation;

/// <summary>Reads strings of JSON bodies and refuses what cannot be stored; lone surrogates are refused by the reader itself.</summary>
internal sealed class StorableTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        var text = reader.GetString()!;
        return StorableText.IsStorable(text) ? text : throw new JsonException(StorableText.Refusal);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    // Names of dictionary entries are text as well.
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && StorableText.IsStorable(name) ? name : throw new JsonException(StorableText.Refusal);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}
