using System.Text.Json;

namespace AITrader.Backend.Status;

/// <summary>What /health of a service says of it.</summary>
/// <param name="Troubles">What is not healthy, in words; null where all is.</param>
/// <param name="Instance">Machine and process id.</param>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">When the process began.</param>
internal sealed record HealthReading(string? Troubles, string? Instance, string? Version, DateTimeOffset? StartedAt);

/// <summary>Reads what /health of a service says.</summary>
internal static class HealthReports
{
    private const string Healthy = "healthy";

    private static readonly HealthReading Nothing = new(null, null, null, null);

    /// <remarks>{"instance":"host/12","version":"1.0.0","started_at":"…Z","checks":[{"name":"model","status":"degraded","description":"no
    /// model is installed"}]}</remarks>
    public static HealthReading Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : Nothing;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return Nothing with { Troubles = "health report cannot be read" };
        }
    }

    private static HealthReading Read(JsonElement report)
    {
        var troubles = report.TryGetProperty("checks", out var checks)
            ? checks.EnumerateArray().Where(static check => TextOf(check, "status") != Healthy).Select(Describe).ToList()
            : [];
        DateTimeOffset? started = report.TryGetProperty("started_at", out var at) && at.TryGetDateTimeOffset(out var time) ? time : null;
        return new HealthReading(
            troubles.Count > 0 ? string.Join("; ", troubles) : null,
            TextOf(report, "instance"),
            TextOf(report, "version"),
            started
        );
    }

    private static string Describe(JsonElement check) =>
        TextOf(check, "description") is { Length: > 0 } description
            ? $"{TextOf(check, "name")}: {description}"
            : $"{TextOf(check, "name")}";

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
