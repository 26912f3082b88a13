using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Backend;

/// <summary>Writes 0.5 where the database says 0.50000000.</summary>
internal sealed class PlainDecimalConverter : JsonConverter<decimal>
{
    // Dividing by one with every decimal place drops trailing zeros and nothing else.
    private const decimal One = 1.0000000000000000000000000000m;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value / One);
}
