using System.Text.Json;

namespace AITrader.Cli.Status;

/// <summary>The problems of resources that the gateway reports.</summary>
internal sealed class ReportedProblems
{
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    public static ReportedProblems From(JsonElement? status)
    {
        var found = new ReportedProblems();
        if (status is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("services", out var services))
        {
            foreach (
                var service in services.EnumerateArray().Where(static service => service.GetProperty("status").GetString() == "unhealthy")
            )
            {
                found._problems[service.GetProperty("name").GetString()!] =
                    service.TryGetProperty("detail", out var detail) && detail.GetString() is { } text
                        ? $"{text} (says the gateway)"
                        : "unhealthy, says the gateway";
            }
        }

        return found;
    }

    public string? Of(string resource) => _problems.GetValueOrDefault(resource);
}
