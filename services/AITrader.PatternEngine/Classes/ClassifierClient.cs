using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AITrader.Domain.Signals;
using AITrader.Signals.Bars;
using AITrader.Signals.Patterns.Models;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine.Classes;

/// <summary>Asks a runner, by the Open Inference Protocol with binary tensors.</summary>
internal sealed class ClassifierClient(HttpClient http, IOptions<ClassifierOptions> options)
{
    private const string HeaderLength = "Inference-Header-Content-Length";
    private const string Output = "probabilities";

    // Probabilities of single precision.
    private const float Rounding = 1e-3f;

    /// <summary>Classifies windows of one instrument.</summary>
    /// <param name="symbol">The instrument, by which the runner chooses between versions that share the traffic.</param>
    /// <param name="windows">Windows, each as <see cref="BarTail.CopyTo"/> gives it.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>A reading a window.</returns>
    /// <exception cref="HttpRequestException">The runner cannot be reached, or does not serve the model.</exception>
    /// <exception cref="InvalidDataException">Its answer are no probabilities of the classes.</exception>
    public async Task<IReadOnlyList<PatternReading>> ClassifyAsync(string symbol, IReadOnlyList<float[]> windows, CancellationToken ct)
    {
        var path = new Uri($"/v2/models/{options.Value.Model}/infer", UriKind.Relative);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = ContentOf(symbol, windows) };
        using var answer = await http.SendAsync(request, ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{(int)answer.StatusCode}: {ErrorOf(body)}", null, answer.StatusCode);
        }

        if (
            !answer.Headers.TryGetValues(HeaderLength, out var said)
            || !int.TryParse(said.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > body.Length
        )
        {
            throw new InvalidDataException($"the answer has no {HeaderLength}, or one beyond its end");
        }

        return Read(body.AsMemory(0, length), body.AsSpan(length), windows.Count);
    }

    private ByteArrayContent ContentOf(string symbol, IReadOnlyList<float[]> windows)
    {
        var numbers = windows.Count * BarTail.Channels * options.Value.Bars;
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            WriteParameter(writer, "symbol", json => json.WriteStringValue(symbol));
            writer.WriteStartArray("inputs"u8);
            writer.WriteStartObject();
            writer.WriteString("name"u8, "bars"u8);
            writer.WriteString("datatype"u8, "FP32"u8);
            writer.WriteStartArray("shape"u8);
            writer.WriteNumberValue(windows.Count);
            writer.WriteNumberValue(BarTail.Channels);
            writer.WriteNumberValue(options.Value.Bars);
            writer.WriteEndArray();
            WriteParameter(writer, "binary_data_size", json => json.WriteNumberValue(numbers * sizeof(float)));
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteStartArray("outputs"u8);
            writer.WriteStartObject();
            writer.WriteString("name"u8, Output);
            WriteParameter(writer, "binary_data", static json => json.WriteBooleanValue(true));
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        var header = (int)json.Length;
        foreach (var window in windows)
        {
            json.Write(MemoryMarshal.AsBytes<float>(window));
        }

        var content = new ByteArrayContent(json.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add(HeaderLength, header.ToString(CultureInfo.InvariantCulture));
        return content;
    }

    private static void WriteParameter(Utf8JsonWriter writer, string name, Action<Utf8JsonWriter> value)
    {
        writer.WriteStartObject("parameters"u8);
        writer.WritePropertyName(name);
        value(writer);
        writer.WriteEndObject();
    }

    private static List<PatternReading> Read(ReadOnlyMemory<byte> header, ReadOnlySpan<byte> raw, int windows)
    {
        var (model, version) = ReadHeader(header, windows);
        var classes = PatternClasses.All.Count;
        if (raw.Length != windows * classes * sizeof(float))
        {
            throw new InvalidDataException($"{raw.Length} bytes are not {classes} probabilities of {windows} windows");
        }

        var readings = new List<PatternReading>(windows);
        Span<float> row = stackalloc float[classes];
        for (var window = 0; window < windows; window++)
        {
            for (var i = 0; i < classes; i++)
            {
                row[i] = BinaryPrimitives.ReadSingleLittleEndian(raw[(((window * classes) + i) * sizeof(float))..]);
            }

            readings.Add(ReadingOf(model, version, row));
        }

        return readings;
    }

    private static (string Model, string Version) ReadHeader(ReadOnlyMemory<byte> header, int windows)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            var root = document.RootElement;
            foreach (var output in root.GetProperty("outputs").EnumerateArray())
            {
                if (output.GetProperty("name").GetString() == Output)
                {
                    var shape = output.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt64()).ToArray();
                    return shape.SequenceEqual([windows, PatternClasses.All.Count]) && output.GetProperty("datatype").GetString() == "FP32"
                        ? (root.GetProperty("model_name").GetString()!, root.GetProperty("model_version").GetString()!)
                        : throw new InvalidDataException(
                            $"'{Output}' is [{string.Join(", ", shape)}]; classes are {string.Join(", ", PatternClasses.All.Select(static one => one.Name))}"
                        );
                }
            }
        }
        catch (Exception malformed)
            when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the answer cannot be read: {malformed.Message}", malformed);
        }

        throw new InvalidDataException($"the model gives no '{Output}'");
    }

    private static PatternReading ReadingOf(string model, string version, ReadOnlySpan<float> row)
    {
        var (best, sum, lean) = (0, 0f, 0f);
        for (var i = 0; i < row.Length; i++)
        {
            if (!(row[i] >= 0 && row[i] <= 1))
            {
                throw new InvalidDataException($"{row[i]} is no probability");
            }

            sum += row[i];
            best = row[i] > row[best] ? i : best;
            lean += PatternClasses.All[i].Direction switch
            {
                SignalDirection.Bullish => row[i],
                SignalDirection.Bearish => -row[i],
                _ => 0,
            };
        }

        return Math.Abs(sum - 1) <= Rounding
            ? new PatternReading(model, version, PatternClasses.All[best].Name, Rounded(row[best]), Rounded(lean))
            : throw new InvalidDataException($"probabilities have a sum of {sum}");
    }

    // Six digits are more than a model knows, and the same on every machine that computes as well as single precision goes.
    private static double Rounded(float value) => Math.Round((double)value, 6);

    private static string ErrorOf(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)));
        return text.Length == 0 ? "no reason given" : text;
    }
}
