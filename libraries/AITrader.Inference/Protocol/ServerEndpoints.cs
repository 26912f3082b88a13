using System.Reflection;
using System.Text.Json;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.Inference.Protocol;

/// <summary>Endpoints about the server: metadata, readiness, and the models of the repository.</summary>
internal static class ServerEndpoints
{
    // Only extensions that are implemented: clients choose their requests by this list.
    private static readonly string[] Extensions = ["binary_tensor_data", "statistics", "model_configuration"];

    public static Task Live(HttpContext context) => Exchange.WriteJsonAsync(context, static json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("live"u8, true);
            json.WriteEndObject();
        });

    public static Task Ready(HttpContext context, ModelRepository models) =>
        Readiness.Of(models) is { IsReady: false, Reason: var reason }
            ? Exchange.WriteErrorAsync(context, StatusCodes.Status503ServiceUnavailable, reason)
            : Exchange.WriteJsonAsync(context, static json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("ready"u8, true);
                json.WriteEndObject();
            });

    public static Task Metadata(HttpContext context, bool allowsControl)
    {
        var host = context.RequestServices.GetRequiredService<IHostEnvironment>();
        return Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, host.ApplicationName);
            json.WriteString("version"u8, Version);
            json.WriteStartArray("extensions"u8);
            foreach (var extension in allowsControl ? [.. Extensions, "model_repository"] : Extensions)
            {
                json.WriteStringValue(extension);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static async Task IndexAsync(HttpContext context, ModelRepository models)
    {
        var isReadyOnly = await ReadIndexRequestAsync(context);
        await Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var entry in models.Models)
            {
                WriteEntry(json, entry, isReadyOnly);
            }

            foreach (var name in isReadyOnly ? [] : models.Unloaded)
            {
                WriteState(json, name, version: null, "UNAVAILABLE", "unloaded");
            }

            json.WriteEndArray();
        });
    }

    public static async Task LoadAsync(HttpContext context, ModelRepository models)
    {
        await models.LoadAsync(Exchange.Route(context, "model"), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    public static async Task UnloadAsync(HttpContext context, ModelRepository models)
    {
        await models.UnloadAsync(Exchange.Route(context, "model"), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    private static string Version { get; } =
        typeof(ServerEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    // {"ready": true} leaves out models that are not served; the body is optional.
    private static async Task<bool> ReadIndexRequestAsync(HttpContext context)
    {
        var body = await Exchange.ReadBodyAsync(context.Request, context.RequestAborted);
        if (body.IsEmpty)
        {
            return false;
        }

        try
        {
            using var request = JsonDocument.Parse(body);
            return request.RootElement.TryGetProperty("ready", out var ready) && ready.GetBoolean();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw InferenceException.BadRequest("the body must be empty or {\"ready\": true|false}", malformed);
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, ModelEntry entry, bool isReadyOnly)
    {
        foreach (var (_, version) in entry.Versions.OrderBy(static pair => pair.Key))
        {
            // A version that is served although its successor could not be loaded is ready; the reason tells what failed.
            WriteState(json, entry.Name, version.Identity.VersionText, "READY", entry.Problem);
        }

        if (entry.Versions.Count == 0 && !isReadyOnly)
        {
            WriteState(json, entry.Name, version: null, "UNAVAILABLE", entry.Problem);
        }
    }

    private static void WriteState(Utf8JsonWriter json, string name, string? version, string state, string? reason)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        if (version is not null)
        {
            json.WriteString("version"u8, version);
        }

        json.WriteString("state"u8, state);
        json.WriteString("reason"u8, reason ?? string.Empty);
        json.WriteEndObject();
    }
}
