using System.Text.Json;
using AITrader.Inference.Repository;
using AITrader.Inference.Tensors;
using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Protocol;

/// <summary>Endpoints about one model: metadata, readiness, configuration and statistics.</summary>
internal static class ModelEndpoints
{
    public static Task Metadata(HttpContext context, ModelRepository models)
    {
        var name = Exchange.Route(context, "model");
        var version = models.Find(name, Exchange.OptionalRoute(context, "version"));
        var entry = models.FindEntry(name);
        return Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteStartArray("versions"u8);
            foreach (var number in entry.Versions.OrderBy(static pair => pair.Key))
            {
                json.WriteStringValue(number.Value.Identity.VersionText);
            }

            json.WriteEndArray();
            json.WriteString("platform"u8, ServerDescription.Platform);
            WriteSpecs(json, "inputs", version.Signature.Inputs);
            WriteSpecs(json, "outputs", version.Signature.Outputs);
            json.WriteEndObject();
        });
    }

    public static Task Ready(HttpContext context, ModelRepository models)
    {
        var name = Exchange.Route(context, "model");
        models.Find(name, Exchange.OptionalRoute(context, "version"));
        return Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteBoolean("ready"u8, true);
            json.WriteEndObject();
        });
    }

    public static Task Configuration(HttpContext context, ModelRepository models)
    {
        var entry = models.FindEntry(Exchange.Route(context, "model"));
        return Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, entry.Name);
            json.WriteString("platform"u8, ServerDescription.Platform);
            json.WritePropertyName("configuration"u8);
            JsonSerializer.Serialize(json, entry.Configuration, ModelConfigurationJson.Default.ModelConfiguration);
            json.WriteEndObject();
        });
    }

    public static Task Statistics(HttpContext context, ModelRepository models)
    {
        var versions = models.Select(Exchange.OptionalRoute(context, "model"), Exchange.OptionalRoute(context, "version"));
        return Exchange.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("model_stats"u8);
            foreach (var version in versions)
            {
                WriteStatistics(json, version);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteSpecs(Utf8JsonWriter json, string member, IReadOnlyList<TensorSpec> specs)
    {
        json.WriteStartArray(member);
        foreach (var spec in specs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, spec.Name);
            json.WriteString("datatype"u8, spec.Type.NameOf());
            json.WriteStartArray("shape"u8);
            foreach (var size in spec.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStatistics(Utf8JsonWriter json, ModelVersion version)
    {
        var totals = version.Statistics.Read();
        json.WriteStartObject();
        json.WriteString("name"u8, version.Identity.Name);
        json.WriteString("version"u8, version.Identity.VersionText);
        json.WriteNumber("last_inference"u8, totals.LastInferenceMilliseconds);
        json.WriteNumber("inference_count"u8, totals.Success.Count);
        json.WriteNumber("execution_count"u8, totals.ExecutionCount);
        json.WriteStartObject("inference_stats"u8);
        WriteDuration(json, "success", totals.Success);
        WriteDuration(json, "fail", totals.Fail);
        WriteDuration(json, "queue", totals.Queue);
        WriteDuration(json, "compute_input", totals.Input);
        WriteDuration(json, "compute_infer", totals.Compute);
        WriteDuration(json, "compute_output", totals.Output);
        WriteDuration(json, "cache_hit", totals.CacheHit);
        WriteDuration(json, "cache_miss", totals.CacheMiss);
        json.WriteEndObject();
        WriteBatches(json, version.Statistics.ReadBatches());
        WriteOutcomes(json, version.Outcomes);
        json.WriteEndObject();
    }

    private static void WriteBatches(Utf8JsonWriter json, IReadOnlyList<ModelStatistics.BatchTotals> batches)
    {
        json.WriteStartArray("batch_stats"u8);
        foreach (var batch in batches)
        {
            json.WriteStartObject();
            json.WriteNumber("batch_size"u8, batch.Size);
            WriteDuration(json, "compute_input", new(batch.Executions, batch.Input));
            WriteDuration(json, "compute_infer", new(batch.Executions, batch.Compute));
            WriteDuration(json, "compute_output", new(batch.Executions, batch.Output));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Beside what the protocol has: how far the forecasts lay from what came true.
    private static void WriteOutcomes(Utf8JsonWriter json, OutcomeStatistics outcomes)
    {
        var totals = outcomes.Read();
        json.WriteStartObject("outcomes"u8);
        json.WriteNumber("count"u8, totals.Count);
        if (totals.MeanAbsolute is { } error)
        {
            json.WriteNumber("mean_absolute_error"u8, error);
        }

        if (totals.MeanRelative is { } share)
        {
            json.WriteNumber("mean_absolute_percentage_error"u8, share * 100);
        }

        json.WriteNumber("moves"u8, totals.Moves);
        if (totals.HitRate is { } hits)
        {
            json.WriteNumber("direction_hits"u8, hits);
        }

        json.WriteEndObject();
    }

    private static void WriteDuration(Utf8JsonWriter json, string member, ModelStatistics.Duration duration)
    {
        json.WriteStartObject(member);
        json.WriteNumber("count"u8, duration.Count);
        json.WriteNumber("ns"u8, (long)duration.Total.TotalNanoseconds);
        json.WriteEndObject();
    }
}
