using System.Globalization;
using System.Text.Json;
using AITrader.SentimentEngine.Markup;

namespace AITrader.SentimentEngine.Sources;

/// <summary>What the readers of JSON have in common.</summary>
internal static class JsonDocuments
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    // As milliseconds, seconds of today would be of January 1970.
    private const double FirstMilliseconds = 100_000_000_000;

    /// <summary>Reads the items of an answer; one that breaks its reader is a fault, and the others go on.</summary>
    public static ReadResult Read(
        byte[] content,
        string? charset,
        Func<JsonElement, IEnumerable<JsonElement>> items,
        Func<JsonElement, JsonElement, RawItem?> item
    )
    {
        try
        {
            using var document = JsonDocument.Parse(TextDecoding.Decode(content, charset), Lenient);
            var (found, faults) = (new List<RawItem>(), new List<string>());
            foreach (var element in items(document.RootElement))
            {
                try
                {
                    found.AddRange(item(document.RootElement, element) is { } raw ? [raw] : []);
                }
                catch (Exception failure) when (failure is InvalidOperationException or FormatException or KeyNotFoundException)
                {
                    faults.Add($"an item is not as expected: {failure.Message}");
                }
            }

            return new ReadResult(found, faults);
        }
        catch (JsonException failure)
        {
            return ReadResult.Broken($"the answer is no JSON: {failure.Message}");
        }
    }

    /// <summary>A text or number of an object; null where it has none.</summary>
    public static string? Text(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(name, out var found)
        && found.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? found.ToString()
            : null;

    /// <summary>An element of an object; an undefined one where it has none.</summary>
    public static JsonElement Part(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) ? found : default;

    /// <summary>The elements of a list; none of what is no list.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>A whole number of an object; null where it has none.</summary>
    public static long? Number(this JsonElement value, string name) =>
        value.Part(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var found) ? found : null;

    /// <summary>A date, or seconds or milliseconds since 1970.</summary>
    public static DateTimeOffset? Time(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number is > 0 and < 1e14
                ? DateTimeOffset.UnixEpoch.AddMilliseconds(number < FirstMilliseconds ? number * 1000 : number)
                : null
            : FeedDates.Parse(text);
}
