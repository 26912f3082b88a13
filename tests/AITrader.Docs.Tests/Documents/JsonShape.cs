using System.Text.Json;

namespace AITrader.Docs.Tests.Documents;

/// <summary>Whether JSON has the members that the docs show, of the same kinds.</summary>
internal static class JsonShape
{
    public static bool IsLike(string shown, string answer)
    {
        try
        {
            using var expected = JsonDocument.Parse(shown);
            using var found = JsonDocument.Parse(answer);
            return IsLike(expected.RootElement, found.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsLike(JsonElement shown, JsonElement answer) =>
        shown.ValueKind == answer.ValueKind
        && (
            shown.ValueKind != JsonValueKind.Object
            || (
                shown.EnumerateObject().Count() == answer.EnumerateObject().Count()
                && shown.EnumerateObject().All(member => answer.TryGetProperty(member.Name, out var value) && IsLike(member.Value, value))
            )
        );
}
