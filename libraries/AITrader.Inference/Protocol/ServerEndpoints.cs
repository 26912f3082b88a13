using System.Text.Json;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Inference.Protocol;

/// <summary>Endpoints about the server: metadata, readiness, and the models of the repository.</summary>
internal static class ServerEndpoints
{
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

    public static Task Metadata(HttpContext context)
    {
        var server = context.RequestServices.GetRequiredService<ServerDescription>();
        return Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, server.Name);
            json.WriteString("version"u8, server.Version);
            json.WriteStartArray("extensions"u8);
            foreach (var extension in server.Extensions)
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
            foreach (var line in ModelIndex.Of(models, isReadyOnly))
            {
                Write(json, line);
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

    private static void Write(Utf8JsonWriter json, ModelIndexLine line)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, line.Name);
        if (line.Version is not null)
        {
            json.WriteString("version"u8, line.Version);
        }

        json.WriteString("state"u8, line.State);
        json.WriteString("reason"u8, line.Reason);
        json.WriteEndObject();
    }
}
