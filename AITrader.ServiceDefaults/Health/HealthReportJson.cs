using System.Globalization;
using System.Text.Json;
using AITrader.ServiceDefaults.Identity;
using AITrader.ServiceDefaults.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.ServiceDefaults.Health;

/// <summary>Writes the report of the health checks as JSON.</summary>
internal static class HealthReportJson
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        var identity = context.RequestServices.GetRequiredService<ServiceIdentity>();
        var instance = context.RequestServices.GetRequiredService<ServiceInstance>();
        await context.Response.Body.WriteAsync(Render(identity.Resource, instance, report), context.RequestAborted);
    }

    private static byte[] Render(string service, ServiceInstance instance, HealthReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status", NameOf(report.Status));
            json.WriteString("service", service);
            json.WriteString("instance", instance.Id);
            json.WriteString("version", instance.Version);
            json.WriteString("started_at", instance.StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartArray("checks");
            foreach (var (name, entry) in report.Entries)
            {
                WriteCheck(json, name, entry);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteCheck(Utf8JsonWriter json, string name, HealthReportEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("status", NameOf(entry.Status));
        if (DescriptionOf(entry) is { Length: > 0 } description)
        {
            json.WriteString("description", SecretScrub.Clean(description));
        }

        if (entry.Data.Count > 0)
        {
            json.WriteStartObject("data");
            foreach (var (key, value) in entry.Data)
            {
                WriteValue(json, key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // Probes need no token, so an exception's text stays inside; its kind is enough to know what is down.
    private static string? DescriptionOf(HealthReportEntry entry) =>
        entry.Exception is { } failure
            ? entry.Description is { } text && text != failure.Message
                ? text
                : failure.GetType().Name
            : entry.Description;

    private static void WriteValue(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBoolean(key, flag);
                break;
            case int or long:
                json.WriteNumber(key, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(key, number);
                break;
            case null:
                json.WriteNull(key);
                break;
            default:
                json.WriteString(key, SecretScrub.Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
                break;
        }
    }

    private static string NameOf(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "healthy",
            HealthStatus.Degraded => "degraded",
            _ => "unhealthy",
        };
}
