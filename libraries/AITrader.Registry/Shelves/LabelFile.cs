using System.Text.Json.Nodes;

namespace AITrader.Registry.Shelves;

/// <summary>Labels of a model's versions: those of <c>model.json</c>, until one moves; from then on those of <c>labels.json</c>, which a
/// runner writes too.</summary>
/// <param name="folder">Folder of the model.</param>
internal sealed class LabelFile(string folder)
{
    private const string Member = "labels";

    private readonly string _moved = Path.Combine(folder, "labels.json");

    /// <summary>Versions by their labels.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public Dictionary<string, int> Read()
    {
        try
        {
            var labels = JsonFile.Read(_moved)?[Member] ?? JsonFile.Read(Path.Combine(folder, "model.json"))?[Member];
            return labels?.AsObject().ToDictionary(static label => label.Key, static label => (int)label.Value!) ?? [];
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException or ArgumentNullException)
        {
            throw new InvalidDataException($"{folder}: labels are numbers of versions by name", problem);
        }
    }

    /// <summary>Moves a label. In a file of its own, so that runners load nothing anew for it.</summary>
    public void Move(string label, int version)
    {
        var labels = Read();
        labels[label] = version;
        var file = JsonFile.Read(_moved) ?? [];
        file[Member] = new JsonObject(labels.Select(static pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
        JsonFile.Write(_moved, file);
    }
}
