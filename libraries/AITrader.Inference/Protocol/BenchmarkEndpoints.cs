using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Protocol;

/// <summary>The endpoint that measures one model.</summary>
/// <remarks>
/// <code>POST /benchmark {"model":"nbeats","runs":1000,"concurrency":2} -> {"model":"nbeats","p50_us":12.5,…}</code>
/// </remarks>
internal static class BenchmarkEndpoints
{
    public static async Task RunAsync(HttpContext context, ModelBenchmark benchmark)
    {
        var request = Read(await Exchange.ReadBodyAsync(context.Request, context.RequestAborted));
        var result = await benchmark.RunAsync(request, context.RequestAborted);
        await Exchange.WriteJsonAsync(context, json => JsonSerializer.Serialize(json, result, BenchmarkJson.Default.BenchmarkResult));
    }

    private static BenchmarkRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, BenchmarkJson.Default.BenchmarkRequest)
                ?? throw InferenceException.BadRequest("the body must be like {\"model\":\"nbeats\",\"runs\":1000}");
        }
        catch (JsonException malformed)
        {
            throw InferenceException.BadRequest(
                $"the body must be like {{\"model\":\"nbeats\",\"runs\":1000}}: {malformed.Message}",
                malformed
            );
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(BenchmarkRequest))]
[JsonSerializable(typeof(BenchmarkResult))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
