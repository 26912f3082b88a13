using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Inference.Execution;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Repository;

/// <summary>The file <c>model.json</c> of a model. Every member is optional.</summary>
/// <remarks>Settable, not init: generated deserialisers forget the defaults of init members.</remarks>
internal sealed record ModelConfiguration
{
    public static readonly ModelConfiguration Default = new();

    /// <summary>Description for people, one line.</summary>
    public string? Description { get; set; }

    /// <summary>What the inputs mean; for people.</summary>
    public IReadOnlyDictionary<string, string>? Inputs { get; set; }

    /// <summary>What the outputs mean; for people.</summary>
    public IReadOnlyDictionary<string, string>? Outputs { get; set; }

    /// <summary>Which versions are served; the latest one unless set.</summary>
    public VersionPolicy VersionPolicy { get; set; } = new();

    /// <summary>Names for versions, e.g. <c>stable</c>; a request without a version gets the stable one.</summary>
    public IReadOnlyDictionary<string, int>? Labels { get; set; }

    /// <summary>Share of the instruments that each label serves, in percent; a request that names none gets the stable version.</summary>
    public IReadOnlyDictionary<string, double>? Traffic { get; set; }

    /// <summary>Requests that arrive together run together; off unless set.</summary>
    public BatchingConfiguration? Batching { get; set; }

    /// <summary>Requests that may wait; the server's limit unless set.</summary>
    public int? QueueLimit { get; set; }

    /// <summary>How long a request may wait, in milliseconds; the server's limit unless set.</summary>
    public int? QueueTimeoutMs { get; set; }

    /// <summary>Answers are kept for the same inputs; off unless set.</summary>
    public ResponseCacheConfiguration? ResponseCache { get; set; }

    /// <summary>Between which sizes varying inputs may lie, by input; every size unless set, and then not on TensorRT.</summary>
    public IReadOnlyDictionary<string, ShapeProfile>? Profile { get; set; }

    /// <summary>In what TensorRT computes, <c>fp32</c> or <c>fp16</c>; what the server says unless set.</summary>
    public string? Precision { get; set; }

    /// <summary>Whether a GPU captures runs as a CUDA graph and replays them; off unless set. Only of fixed sizes.</summary>
    public bool? CudaGraph { get; set; }

    /// <summary>What it asks of an accelerator.</summary>
    /// <param name="precision">In what one computes unless the model says.</param>
    public AcceleratorSettings AcceleratorWith(string precision) =>
        new(Profile ?? AcceleratorSettings.None.Profiles, IsHalfPrecision: (Precision ?? precision) == "fp16")
        {
            IsGraph = CudaGraph is true,
        };

    /// <summary>Makes the model the weighted mean of others, instead of versions of its own.</summary>
    public EnsembleConfiguration? Ensemble { get; set; }

    /// <summary>Shapes of the sample run before a version is ready, by input; varying sizes are 1 unless set.</summary>
    public IReadOnlyDictionary<string, long[]>? WarmUp { get; set; }

    /// <exception cref="ModelLoadException">The file is not valid.</exception>
    public static ModelConfiguration Read(string path)
    {
        if (!File.Exists(path))
        {
            return Default;
        }

        try
        {
            using var file = File.OpenRead(path);
            var configuration = JsonSerializer.Deserialize(file, ModelConfigurationJson.Default.ModelConfiguration) ?? Default;
            configuration.Check();
            return configuration;
        }
        catch (JsonException invalid)
        {
            throw new ModelLoadException($"{Path.GetFileName(path)} is not valid: {invalid.Message}", invalid);
        }
    }

    private void Check()
    {
        Require(VersionPolicy.IsOne, "version_policy is one of {\"latest\": n}, {\"all\": true} and {\"versions\": [...]}");
        Require(
            Batching is null or { MaxSize: >= 1, MaxQueueDelayUs: >= 0 and <= 1_000_000 },
            "batching needs max_size >= 1 and max_queue_delay_us in 0..1000000"
        );
        Require(ResponseCache is null or { MaxBytes: >= 1024 and <= 1L << 40 }, "response_cache needs max_bytes >= 1024");
        Ensemble?.Check();
        Require(Precision is null or "fp32" or "fp16", "precision is fp32 or fp16");
        Require(QueueLimit is null or >= 1, "queue_limit must be above zero");
        Require(QueueTimeoutMs is null or >= 1, "queue_timeout_ms must be above zero");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ModelLoadException($"model.json is not valid: {rule}");
        }
    }
}

/// <summary>Selects the versions to serve, by one of three members.</summary>
internal sealed record VersionPolicy
{
    /// <summary>Serve this number of highest versions.</summary>
    public int? Latest { get; set; }

    /// <summary>Serve all versions.</summary>
    public bool? All { get; set; }

    /// <summary>Serve these versions.</summary>
    public IReadOnlyList<int>? Versions { get; set; }

    [JsonIgnore]
    public bool IsOne =>
        (Latest is null ? 0 : 1) + (All is null ? 0 : 1) + (Versions is null ? 0 : 1) <= 1
        && Latest is null or >= 1
        && All is null or true
        && Versions is null or { Count: > 0 };

    /// <summary>Returns the versions to serve out of the existing ones.</summary>
    /// <exception cref="ModelLoadException">A listed version does not exist.</exception>
    public IReadOnlyList<int> Choose(IReadOnlyList<int> found)
    {
        if (Versions is null)
        {
            return All is true ? found : [.. found.OrderDescending().Take(Latest ?? 1)];
        }

        var missing = Versions.Except(found).ToArray();
        return missing.Length == 0
            ? Versions
            : throw new ModelLoadException($"version_policy lists {string.Join(", ", missing)}, which the folder does not have");
    }
}

/// <summary>How requests are batched.</summary>
internal sealed record BatchingConfiguration
{
    /// <summary>Maximum number of rows in a batch.</summary>
    public int MaxSize { get; set; } = 32;

    /// <summary>How long the first request waits for further requests, in microseconds.</summary>
    public int MaxQueueDelayUs { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ModelConfiguration))]
internal sealed partial class ModelConfigurationJson : JsonSerializerContext;
