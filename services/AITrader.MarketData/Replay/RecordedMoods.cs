using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Contracts.Messages;
using AITrader.Formats.Reading;
using AITrader.Storage.Sentiment;

namespace AITrader.MarketData.Replay;

/// <summary>Sentiment readings that were recorded with a file of ticks and lie beside it: of <c>day.csv</c> in
/// <c>day.sentiment.jsonl</c>, a JSON object a line.</summary>
internal static class RecordedMoods
{
    private const string Ending = ".sentiment.jsonl";

    /// <summary>Readings of some files; none of a file that has none beside it.</summary>
    /// <exception cref="MarketDataException">One is no reading.</exception>
    public static async Task<IReadOnlyList<SentimentReading>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct)
    {
        var readings = new List<SentimentReading>();
        foreach (var path in paths.Select(FindBeside).OfType<string>())
        {
            var line = 0;
            foreach (var text in await LinesAsync(path, ct))
            {
                line++;
                if (text.Trim().Length > 0)
                {
                    readings.Add(Read(path, line, text));
                }
            }
        }

        return readings;
    }

    private static string? FindBeside(string path)
    {
        // A name ends with its format, and maybe with what packs it: day.csv, day.csv.gz.
        for (var name = path; Path.GetExtension(name).Length > 0; )
        {
            name = Path.Combine(Path.GetDirectoryName(name)!, Path.GetFileNameWithoutExtension(name));
            if (File.Exists(name + Ending))
            {
                return name + Ending;
            }
        }

        return null;
    }

    private static async Task<string[]> LinesAsync(string path, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllLinesAsync(path, ct);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MarketDataException(path, 0, "file", "cannot be read", failure);
        }
    }

    private static SentimentReading Read(string path, int line, string text)
    {
        try
        {
            var reading = JsonSerializer.Deserialize(text, RecordedMoodJson.Default.SentimentReading)
                ?? throw new JsonException("it says null");
            // What generated code reads has no default where a line says nothing.
            return SentimentReadings.Fault(reading) is { } fault
                ? throw new JsonException(fault)
                : reading with
                {
                    Model = reading.Model ?? string.Empty,
                };
        }
        catch (JsonException problem)
        {
            throw new MarketDataException(path, line, "reading", problem.Message, problem);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(SentimentReading))]
internal sealed partial class RecordedMoodJson : JsonSerializerContext;
