using System.Text.Json;
using System.Text.Json.Nodes;
using AITrader.Trading.Statistics;

namespace AITrader.Backend.Runs;

/// <summary>Puts runs side by side.</summary>
internal static class RunComparison
{
    public const int Most = 10;

    private const string NameField = "name";

    private static readonly JsonElement Nothing = JsonElement.Parse("null");

    /// <summary>Every number of each run, and what of their setups is not the same.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="json">How answers are written.</param>
    public static RunComparisonResponse Of(IReadOnlyList<RunDetailResponse> runs, JsonSerializerOptions json)
    {
        var none = new PerformanceSummary();
        var numbers = runs.Select(run => Fields(run.Statistics is { } known ? Element(known, json) : default)).ToList();
        var setups = runs.Select(run => SetupOf(run, json)).ToList();
        return new RunComparisonResponse(
            [.. runs.Select(static run => run.Run)],
            [.. Fields(Element(none, json)).Keys.Select(name => Row(name, numbers))],
            [
                .. setups
                    .SelectMany(static setup => setup.Keys)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(name => Row(name, setups))
                    .Where(static row => row.Values.Any(value => !JsonElement.DeepEquals(value, row.Values[0]))),
            ]
        );
    }

    private static ComparedValue Row(string name, List<Dictionary<string, JsonElement>> runs) =>
        new(name, [.. runs.Select(run => run.GetValueOrDefault(name, Nothing))]);

    // What makes the results beside the setup: content, speed and the account's beginning.
    private static Dictionary<string, JsonElement> SetupOf(RunDetailResponse run, JsonSerializerOptions json)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        Flatten(run.Setup, string.Empty, values);
        var (facts, account) = (run.Run, run.Account);
        var own = new JsonObject
        {
            ["kind"] = facts.Kind,
            ["source"] = facts.Source,
            ["sha256"] = facts.Sha256,
            ["speed"] = facts.Speed,
            ["currency"] = account?.Currency,
        };
        Flatten(Element(own, json), string.Empty, values);
        values["initial_cash"] = account is null ? Nothing : Element(account.InitialCash, json);
        return values;
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().ToDictionary(static field => field.Name, static field => field.Value, StringComparer.Ordinal)
            : [];

    private static void Flatten(JsonElement element, string path, Dictionary<string, JsonElement> into)
    {
        var prefix = path.Length == 0 ? path : $"{path}.";
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in element.EnumerateObject())
                {
                    Flatten(field.Value, $"{prefix}{field.Name}", into);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    Flatten(item, $"{prefix}{NameOf(item, index)}", into);
                }

                break;
            default:
                into[path] = element;
                break;
        }
    }

    // A strategy is the same one wherever it stands in the list.
    private static string NameOf(JsonElement item, int index) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(NameField, out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement Element<T>(T value, JsonSerializerOptions json) => JsonSerializer.SerializeToElement(value, json);
}
