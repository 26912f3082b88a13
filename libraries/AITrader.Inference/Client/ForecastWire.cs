using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AITrader.Inference.Client;

/// <summary>Encodes forecast requests and decodes answers of the Open Inference Protocol.</summary>
internal static class ForecastWire
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static Uri PathOf(ForecastRequest request)
    {
        var model = Uri.EscapeDataString(request.Model);
        return new Uri(
            request.Version is null
                ? $"/v2/models/{model}/infer"
                : $"/v2/models/{model}/versions/{Uri.EscapeDataString(request.Version)}/infer",
            UriKind.Relative
        );
    }

    /// <summary>Encodes a request as bytes, not as a stream, because the attempts of a race share the content.</summary>
    public static HttpContent Write(ForecastRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + (16 * request.Prices.Count));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (request.Id is not null)
            {
                json.WriteString("id"u8, request.Id);
            }

            if (request.Symbol is not null)
            {
                json.WriteStartObject("parameters"u8);
                json.WriteString("symbol"u8, request.Symbol);
                json.WriteEndObject();
            }

            json.WriteStartArray("inputs"u8);
            WritePrices(json, request.Prices);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = Json } };
    }

    /// <summary>Decodes the answer of a runner; throws <see cref="JsonException"/> where it is not a forecast.</summary>
    public static RunnerAnswer Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        try
        {
            var root = document.RootElement;
            var parameters = root.GetProperty("parameters");
            return new RunnerAnswer(
                ReadForecast(root.GetProperty("outputs")),
                root.GetProperty("model_name").GetString()!,
                root.GetProperty("model_version").GetString()!,
                parameters.GetProperty("provider").GetString()!,
                Micros(parameters, "queue_us"),
                Micros(parameters, "compute_us")
            );
        }
        catch (Exception malformed) when (malformed is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"The runner's answer is not a forecast: {malformed.Message}", malformed);
        }
    }

    private static void WritePrices(Utf8JsonWriter json, IReadOnlyList<double> prices)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, "prices"u8);
        json.WriteString("datatype"u8, "FP32"u8);
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(1);
        json.WriteNumberValue(prices.Count);
        json.WriteEndArray();
        json.WriteStartArray("data"u8);
        for (var i = 0; i < prices.Count; i++)
        {
            json.WriteNumberValue((float)prices[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double[] ReadForecast(JsonElement outputs)
    {
        foreach (var output in outputs.EnumerateArray())
        {
            if (output.GetProperty("name").ValueEquals("forecast"u8))
            {
                double[] values = [.. output.GetProperty("data").EnumerateArray().Select(static value => (double)value.GetSingle())];
                return values.Length > 0 && Array.TrueForAll(values, double.IsFinite)
                    ? values
                    : throw new FormatException("output 'forecast' holds no values, or one that is no number");
            }
        }

        throw new KeyNotFoundException("there is no output 'forecast'");
    }

    private static TimeSpan Micros(JsonElement parameters, string name) =>
        parameters.TryGetProperty(name, out var value) && value.TryGetInt64(out var micros)
            ? TimeSpan.FromMicroseconds(micros)
            : throw new KeyNotFoundException(string.Create(CultureInfo.InvariantCulture, $"parameter '{name}' is missing"));
}

/// <summary>The decoded answer of a runner.</summary>
internal sealed record RunnerAnswer(double[] Values, string Model, string Version, string Provider, TimeSpan Queue, TimeSpan Compute);
