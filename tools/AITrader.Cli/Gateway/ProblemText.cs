using System.Text.Json;

namespace AITrader.Cli.Gateway;

/// <summary>Reads what a problem document says to people.</summary>
internal static class ProblemText
{
    /// <summary>The field errors, the detail or the title of a problem document; the HTTP status where the body is none.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        Of(
            await answer.Content.ReadAsStringAsync(cancellationToken),
            $"the gateway answered {(int)answer.StatusCode} {answer.ReasonPhrase}"
        );

    public static string Of(string body, string otherwise)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? otherwise
                : FieldErrors(root) ?? Text(root, "detail") ?? Text(root, "title") ?? otherwise;
        }
        catch (JsonException)
        {
            return otherwise;
        }
    }

    private static string? FieldErrors(JsonElement root)
    {
        if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var lines = errors
            .EnumerateObject()
            .SelectMany(static field => field.Value.EnumerateArray().Select(text => $"{field.Name}: {text.GetString()}"));
        return string.Join("; ", lines) is { Length: > 0 } text ? text : null;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
