using System.Text.Json;

namespace AITrader.SentimentEngine.Sources;

/// <summary>A way into JSON: names with dots between them, <c>[]</c> for all elements of a list, <c>[2]</c> for one.</summary>
internal sealed class JsonPath
{
    private readonly string[] _steps;

    public JsonPath(string path) =>
        _steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All values at the end of the way.</summary>
    public IEnumerable<JsonElement> All(JsonElement root) =>
        _steps.Aggregate<string, IEnumerable<JsonElement>>([root], static (found, step) => found.SelectMany(value => Next(value, step)));

    /// <summary>The first text or number at the end of the way; null where there is none.</summary>
    public string? Text(JsonElement root) =>
        All(root)
            .Where(static value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .Select(static value => value.ToString())
            .FirstOrDefault();

    private static IEnumerable<JsonElement> Next(JsonElement value, string step)
    {
        if (step.StartsWith('['))
        {
            return value.Elements().Where((_, place) => step == "[]" || step == $"[{place}]");
        }

        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var next) ? [next] : [];
    }
}
