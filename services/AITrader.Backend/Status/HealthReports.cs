using System.Text.Json;

namespace AITrader.Backend.Status;

/// <summary>Reads what /health of a service says.</summary>
internal static class HealthReports
{
    private const string Healthy = "healthy";

    /// <summary>What is not healthy, in words; null where all is.</summary>
    /// <remarks>{"checks":[{"name":"model","status":"degraded","description":"no model is installed"}]}</remarks>
    public static string? Troubles(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("checks", out var checks))
            {
                return null;
            }

            var troubles = checks.EnumerateArray().Where(static check => TextOf(check, "status") != Healthy).Select(Describe).ToList();
            return troubles.Count > 0 ? string.Join("; ", troubles) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return "health report cannot be read";
        }
    }

    private static string Describe(JsonElement check) =>
        TextOf(check, "description") is { Length: > 0 } description ? $"{TextOf(check, "name")}: {description}" : $"{TextOf(check, "name")}";

    private static string? TextOf(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
