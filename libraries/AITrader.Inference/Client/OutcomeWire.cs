using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AITrader.Inference.Client;

/// <summary>Encodes reports of outcomes and decodes their receipts.</summary>
/// <remarks>
/// <code>{"outcomes":[{"id":"signal-7","values":[101.5,102],"start":101}]}
/// -> {"results":[{"id":"signal-7","version":"4","error":0.25,"direction_right":true},{"id":"signal-8","refused":"…"}]}</code>
/// </remarks>
internal static class OutcomeWire
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static Uri AddressOf(Uri runner, string model) => new(runner, $"/v2/models/{Uri.EscapeDataString(model)}/outcomes");

    public static HttpContent Write(IReadOnlyList<RealisedForecast> outcomes)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * outcomes.Count);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("outcomes"u8);
            foreach (var outcome in outcomes)
            {
                Write(json, outcome);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = Json } };
    }

    /// <summary>Decodes a receipt; throws <see cref="JsonException"/> where it is none.</summary>
    public static IReadOnlyList<ForecastScore> Read(ReadOnlyMemory<byte> body, int count)
    {
        using var document = JsonDocument.Parse(body);
        try
        {
            ForecastScore[] scores = [.. document.RootElement.GetProperty("results").EnumerateArray().Select(Score)];
            return scores.Length == count
                ? scores
                : throw new JsonException($"The runner's receipt has {scores.Length} results for {count} outcomes");
        }
        catch (Exception malformed) when (malformed is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"The runner's answer is no receipt: {malformed.Message}", malformed);
        }
    }

    private static void Write(Utf8JsonWriter json, RealisedForecast outcome)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, outcome.Id);
        json.WriteStartArray("values"u8);
        foreach (var value in outcome.Values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteNumber("start"u8, outcome.Start);
        json.WriteEndObject();
    }

    private static ForecastScore Score(JsonElement result)
    {
        var id = result.GetProperty("id").GetString() ?? string.Empty;
        return result.TryGetProperty("refused", out var refusal)
            ? new ForecastScore(id, null, 0, null, refusal.GetString() ?? "no reason given")
            : new ForecastScore(
                id,
                result.GetProperty("version").GetString(),
                result.GetProperty("error").GetDouble(),
                result.TryGetProperty("direction_right", out var isRight) ? isRight.GetBoolean() : null,
                null
            );
    }
}
