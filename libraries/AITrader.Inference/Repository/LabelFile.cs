using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Repository;

/// <summary>The file <c>labels.json</c> of a model: what was changed of its labels while it was served. It wins over model.json.</summary>
/// <remarks>A file, so that every runner of the repository follows and a restart takes nothing back.</remarks>
internal sealed record LabelFile
{
    public static readonly LabelFile None = new();

    /// <summary>The version behind each label; model.json's unless set.</summary>
    public IReadOnlyDictionary<string, int>? Labels { get; set; }

    /// <summary>Share of the instruments by label, in percent; model.json's unless set.</summary>
    public IReadOnlyDictionary<string, double>? Traffic { get; set; }

    /// <exception cref="ModelLoadException">The file is not valid.</exception>
    public static LabelFile Read(string path)
    {
        if (!File.Exists(path))
        {
            return None;
        }

        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, LabelJson.Default.LabelFile) ?? None;
        }
        catch (JsonException invalid)
        {
            throw new ModelLoadException($"{Path.GetFileName(path)} is not valid: {invalid.Message}", invalid);
        }
    }

    /// <summary>Writes it whole or not at all.</summary>
    /// <exception cref="InferenceException">It cannot be written.</exception>
    public void Write(string path)
    {
        var whole = $"{path}.new";
        try
        {
            File.WriteAllBytes(whole, JsonSerializer.SerializeToUtf8Bytes(this, LabelJson.Default.LabelFile));
            File.Move(whole, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw InferenceException.Internal(
                $"{Path.GetFileName(path)} cannot be written, so nothing was changed: {failure.Message}",
                failure
            );
        }
    }
}

/// <summary>A change of labels, as a caller asks for it.</summary>
internal sealed record LabelChange
{
    /// <summary>The labels to move; null removes one.</summary>
    public IReadOnlyDictionary<string, int?>? Labels { get; set; }

    /// <summary>The new split, empty for none; it stays as it is unless set.</summary>
    public IReadOnlyDictionary<string, double>? Traffic { get; set; }

    public VersionLabels ApplyTo(VersionLabels old)
    {
        var labels = new Dictionary<string, int>(old.Labels, StringComparer.Ordinal);
        foreach (var (label, version) in Labels ?? new Dictionary<string, int?>())
        {
            if (version is { } number)
            {
                labels[label] = number;
            }
            else
            {
                labels.Remove(label);
            }
        }

        return new VersionLabels(labels, Traffic ?? old.Traffic);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(LabelFile))]
[JsonSerializable(typeof(LabelChange))]
internal sealed partial class LabelJson : JsonSerializerContext;
