using System.Text.Encodings.Web;
using System.Text.Json;

namespace AITrader.Registry.Cards;

/// <summary>Reads and writes <c>card.json</c>.</summary>
public static class CardFile
{
    /// <summary>Name of the file.</summary>
    public const string Name = "card.json";

    // People read them: + and ' stay what they are.
    private static readonly CardJson Readable = new(
        new JsonSerializerOptions(CardJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    /// <summary>A card as JSON.</summary>
    public static byte[] Write(ModelCard card) => [.. JsonSerializer.SerializeToUtf8Bytes(card, Readable.ModelCard), (byte)'\n'];

    /// <summary>Reads the card of a version.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null where there is none: a model that came from elsewhere.</returns>
    /// <exception cref="InvalidDataException">It is no card; the message says why.</exception>
    public static ModelCard? Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CardJson.Default.ModelCard)
                ?? throw new InvalidDataException($"{path} is no model card: it says null");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path} is no model card: {problem.Message}", problem);
        }
    }
}
