using System.Text.Json;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Protocol;

/// <summary>Endpoints about the labels of a model's versions and the split of traffic between them.</summary>
/// <remarks>
/// <code>POST /v2/repository/models/nbeats/labels {"labels":{"canary":4},"traffic":{"stable":90,"canary":10}}</code>
/// A roll-back moves the label back.
/// </remarks>
internal static class LabelEndpoints
{
    public static Task Get(HttpContext context, ModelRepository models)
    {
        var name = Exchange.Route(context, "model");
        var labels = models.FindEntry(name).Labels;
        return WriteAsync(context, name, labels);
    }

    public static async Task MoveAsync(HttpContext context, ModelRepository models)
    {
        var body = await Exchange.ReadBodyAsync(context.Request, context.RequestAborted);
        var name = Exchange.Route(context, "model");
        await WriteAsync(context, name, await models.MoveLabelsAsync(name, Read(body), context.RequestAborted));
    }

    private static LabelChange Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var change = JsonSerializer.Deserialize(body.Span, LabelJson.Default.LabelChange);
            return change is { Labels: null, Traffic: null } or null
                ? throw InferenceException.BadRequest("the body must have 'labels' or 'traffic'")
                : change;
        }
        catch (JsonException malformed)
        {
            throw InferenceException.BadRequest(
                $"the body must be like {{\"labels\":{{\"canary\":2}},\"traffic\":{{\"stable\":90,\"canary\":10}}}}: {malformed.Message}",
                malformed
            );
        }
    }

    private static Task WriteAsync(HttpContext context, string name, VersionLabels labels) => Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteStartObject("labels"u8);
            foreach (var (label, version) in labels.Labels.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(label, version);
            }

            json.WriteEndObject();
            json.WriteStartObject("traffic"u8);
            foreach (var (label, share) in labels.Traffic.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(label, share);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
}
