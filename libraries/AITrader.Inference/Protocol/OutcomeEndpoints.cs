using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Protocol;

/// <summary>The endpoint by which callers report what came true.</summary>
/// <remarks>
/// <code>POST /v2/models/nbeats/outcomes {"outcomes":[{"id":"signal-7","values":[101.5,102],"start":101}]}
/// -> {"results":[{"id":"signal-7","version":"4","error":0.25,"direction_right":true}]}</code>
/// Each outcome has a result of its own: one that cannot be scored says why.
/// </remarks>
internal static class OutcomeEndpoints
{
    private const int MaxOutcomes = 1000;

    public static async Task ReportAsync(HttpContext context, ModelRepository models, OutcomeBook outcomes)
    {
        var model = models.FindEntry(Exchange.Route(context, "model")).Name;
        var reported = Read(await Exchange.ReadBodyAsync(context.Request, context.RequestAborted));
        await Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results"u8);
            foreach (var outcome in reported)
            {
                Write(json, outcome.Id, outcomes.Score(model, outcome.Id, outcome.Values, outcome.Start));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static IReadOnlyList<Outcome> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var report = JsonSerializer.Deserialize(body.Span, OutcomeJson.Default.OutcomeReport);
            return report?.Outcomes is { Count: > 0 and <= MaxOutcomes } outcomes
                ? outcomes
                : throw InferenceException.BadRequest($"'outcomes' must hold 1 to {MaxOutcomes} of them");
        }
        catch (JsonException malformed)
        {
            throw InferenceException.BadRequest(
                $"the body must be like {{\"outcomes\":[{{\"id\":\"signal-7\",\"values\":[1.5]}}]}}: {malformed.Message}",
                malformed
            );
        }
    }

    private static void Write(Utf8JsonWriter json, string id, OutcomeScore score)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        if (score.Refusal is { } refusal)
        {
            json.WriteString("refused"u8, refusal);
        }
        else
        {
            json.WriteString("version"u8, score.Version);
            json.WriteNumber("error"u8, score.Error);
            if (score.IsDirectionRight is { } isRight)
            {
                json.WriteBoolean("direction_right"u8, isRight);
            }
        }

        json.WriteEndObject();
    }
}

/// <summary>What came true, by the ids of the requests that asked for it.</summary>
internal sealed record OutcomeReport(IReadOnlyList<Outcome> Outcomes);

/// <summary>What came true of one forecast.</summary>
/// <param name="Id">Id of the request that asked for the forecast.</param>
/// <param name="Values">The realised values, nearest first; as many steps as have passed.</param>
/// <param name="Start">What the forecast began from; without it no direction is judged.</param>
internal sealed record Outcome(string Id, IReadOnlyList<double> Values, double? Start = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(OutcomeReport))]
internal sealed partial class OutcomeJson : JsonSerializerContext;
