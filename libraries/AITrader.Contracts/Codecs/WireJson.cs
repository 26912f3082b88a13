using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AITrader.Contracts.Messages;
using AITrader.Domain.Signals;

namespace AITrader.Contracts.Codecs;

/// <summary>The fields that hold JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(SignalFeatures))]
[JsonSerializable(typeof(SymbolSignalMeta))]
internal sealed partial class WireJson : JsonSerializerContext
{
    public static T Read<T>(ref FieldReader reader, FieldName name, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(reader.Bytes(name), type) ?? throw reader.Wrong(name, "is null");
        }
        catch (JsonException malformed)
        {
            throw reader.Wrong(name, $"is not the JSON expected: {malformed.Message}");
        }
    }
}
