using System.Globalization;
using System.Text.Json;

namespace AITrader.FinBertServer.Models;

/// <summary>What <c>config.json</c> and <c>tokenizer_config.json</c> of a published classifier say about it.</summary>
/// <param name="Labels">What its outputs mean (<c>id2label</c>, in any order and case).</param>
/// <param name="Positions">Pieces that it reads at once.</param>
/// <param name="Pieces">Pieces that it knows; null where the file does not say.</param>
internal sealed record TextModelConfiguration(LabelOrder Labels, int Positions, int? Pieces)
{
    private const int UsualPositions = 512;

    // Attention needs memory by the square of them.
    private const int MostPositions = 512;

    /// <exception cref="InvalidDataException">A file is missing, damaged, or of a model that is no sentiment classifier of uncased
    /// texts.</exception>
    public static TextModelConfiguration Read(ModelLayout layout)
    {
        if (!File.Exists(layout.ConfigurationPath))
        {
            throw new InvalidDataException("config.json is missing: it says what the model's outputs mean");
        }

        CheckTokenizer(layout.TokenizerConfigurationPath);
        using var document = Parse(layout.ConfigurationPath);
        var root = document.RootElement;
        var kind = root.TryGetProperty("problem_type", out var named) ? named.GetString() : null;
        if (kind is not null and not "single_label_classification")
        {
            throw new InvalidDataException($"config.json is of a model for {kind}, not of one that gives each text one label");
        }

        var positions = Number(root, "max_position_embeddings") ?? UsualPositions;
        return new TextModelConfiguration(LabelsOf(root), Math.Min(positions, MostPositions), Number(root, "vocab_size"));
    }

    private static LabelOrder LabelsOf(JsonElement root)
    {
        if (!root.TryGetProperty("id2label", out var labels) || labels.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("config.json has no id2label: nobody knows what the model's outputs mean");
        }

        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var label in labels.EnumerateObject())
        {
            if (int.TryParse(label.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            {
                places[TextOf(label.Value).Trim()] = place;
            }
        }

        return
            places.Count == LabelOrder.Count
            && places.Values.Order().SequenceEqual(Enumerable.Range(0, LabelOrder.Count))
            && places.TryGetValue("positive", out var positive)
            && places.TryGetValue("negative", out var negative)
            && places.TryGetValue("neutral", out var neutral)
            ? new LabelOrder(positive, negative, neutral)
            : throw new InvalidDataException(
                $"id2label of config.json is {labels.GetRawText()}; it has to name positive, negative and neutral, numbered 0 to 2"
            );
    }

    private static void CheckTokenizer(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var document = Parse(path);
        foreach (var setting in new[] { "do_lower_case", "strip_accents", "tokenize_chinese_chars" })
        {
            if (document.RootElement.TryGetProperty(setting, out var value) && value.ValueKind == JsonValueKind.False)
            {
                throw new InvalidDataException($"tokenizer_config.json has {setting} false: only uncased models can be served");
            }
        }
    }

    private static JsonDocument Parse(string path)
    {
        var file = Path.GetFileName(path);
        try
        {
            var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{file} is damaged: {damaged.Message}", damaged);
        }

        throw new InvalidDataException($"{file} is not an object");
    }

    private static int? Number(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0
            ? number
            : throw new InvalidDataException($"{name} of config.json is {value.GetRawText()}, not a number above zero");
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
