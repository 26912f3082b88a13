using System.Security.Cryptography;
using System.Text.Json;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Registry.Tests.Shelves;

public sealed class ModelShelfTests : IDisposable
{
    private static readonly ModelKind Kind = new(
        "Forecasts",
        new Dictionary<string, string> { ["prices"] = "float32 [batch, window]" },
        new Dictionary<string, string> { ["forecast"] = "float32 [batch, 8]" },
        new Dictionary<string, long[]> { ["prices"] = [1, 64] }
    );

    private static readonly byte[] Model = [1, 2, 3];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aitrader-shelf-");

    private ModelShelf Shelf => new(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_version_is_added_with_card_page_hash_and_number_and_the_first_one_answers()
    {
        var card = Shelf.Add(Kind, Model, new Dictionary<string, byte[]> { ["vocab.txt"] = [65] }, Card("nbeats"));
        Assert.Equal((1, null, Convert.ToHexStringLower(SHA256.HashData(Model))), (card.Version, card.Previous, card.Sha256));
        Assert.Equal(card.Sha256, Shelf.HashOf("nbeats", 1));
        Assert.Equal(
            ["README.md", "card.json", "model.onnx", "vocab.txt"],
            Directory.EnumerateFiles(Path.Combine(_folder.FullName, "nbeats", "1")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal(JsonSerializer.Serialize(card), JsonSerializer.Serialize(Shelf.CardOf("nbeats", 1)));
        Assert.Equal(1, Shelf.LabelsOf("nbeats")["stable"]);
        var page = File.ReadAllText(Path.Combine(_folder.FullName, "nbeats", "1", "README.md"));
        Assert.Contains("| loss beside persistence | 0.9 |", page, StringComparison.Ordinal);
        Assert.Contains("no, it does not beat the baseline", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', page);
    }

    [Fact]
    public void A_later_version_does_not_answer_before_it_is_promoted()
    {
        Shelf.Add(Kind, Model, new Dictionary<string, byte[]>(), Card("nbeats"));
        var second = Shelf.Add(Kind, [4], new Dictionary<string, byte[]>(), Card("nbeats"));
        Assert.Equal((2, 1), (second.Version, second.Previous));
        Assert.Equal(1, Shelf.LabelsOf("nbeats")["stable"]);
        Shelf.Label("nbeats", 2, "stable");
        Shelf.Label("nbeats", 1, "previous");
        Assert.Equal(new Dictionary<string, int> { ["stable"] = 2, ["previous"] = 1 }, Shelf.LabelsOf("nbeats"));
    }

    [Fact]
    public void A_label_moves_beside_model_json_and_the_split_that_a_runner_keeps_stays()
    {
        var folder = Path.Combine(_folder.FullName, "own");
        Directory.CreateDirectory(Path.Combine(folder, "3"));
        File.WriteAllText(Path.Combine(folder, "3", "model.onnx"), "x");
        const string Described = """{ "labels": { "canary": 3, "stable": 2 } }""";
        File.WriteAllText(Path.Combine(folder, "model.json"), Described);
        File.WriteAllText(Path.Combine(folder, "labels.json"), """{ "traffic": { "stable": 90, "canary": 10 } }""");
        Shelf.Label("own", 3, "stable");
        Assert.Equal(Described, File.ReadAllText(Path.Combine(folder, "model.json")));
        using var moved = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "labels.json")));
        Assert.Equal(90, moved.RootElement.GetProperty("traffic").GetProperty("stable").GetInt32());
        Assert.Equal(new Dictionary<string, int> { ["canary"] = 3, ["stable"] = 3 }, Shelf.LabelsOf("own"));
        Assert.Null(Shelf.CardOf("own", 3));

        // As a runner moves them.
        File.WriteAllText(Path.Combine(folder, "labels.json"), """{ "labels": { "stable": 2 } }""");
        Assert.Equal(new Dictionary<string, int> { ["stable"] = 2 }, Shelf.LabelsOf("own"));
    }

    [Fact]
    public void Folders_that_are_no_versions_are_passed_over_and_their_numbers_are_not_taken()
    {
        Shelf.Add(Kind, Model, new Dictionary<string, byte[]>(), Card("nbeats"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "nbeats", "7"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "nbeats", ".draft-1-aa"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "empty"));
        Assert.Equal(["nbeats"], Shelf.Models);
        Assert.Equal([1], Shelf.VersionsOf("nbeats"));
        Assert.Equal(8, Shelf.Add(Kind, Model, new Dictionary<string, byte[]>(), Card("nbeats")).Version);
        Assert.Empty(Shelf.VersionsOf("none"));
        Assert.Empty(new ModelShelf(Path.Combine(_folder.FullName, "nowhere")).Models);
    }

    [Fact]
    public async Task Trainings_that_end_at_once_get_numbers_of_their_own()
    {
        var added = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => Shelf.Add(Kind, [(byte)i], new Dictionary<string, byte[]>(), Card("nbeats"))))
        );
        Assert.Equal(Enumerable.Range(1, 8), added.Select(static card => card.Version).Order());
        Assert.All(added, card => Assert.Equal(card.Sha256, Shelf.HashOf("nbeats", card.Version)));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_folder.FullName, "nbeats"), ".draft*"));
    }

    [Fact]
    public void Wrong_names_versions_and_files_are_refused_with_what_is_right()
    {
        Assert.Throws<ArgumentException>(() => Shelf.VersionsOf("../up"));
        Assert.Throws<ArgumentException>(() => Shelf.Add(Kind, Model, new Dictionary<string, byte[]>(), Card("Big Name")));
        Assert.Contains(
            "there is no model",
            Assert.Throws<KeyNotFoundException>(() => Shelf.Label("x", 1, "stable")).Message,
            StringComparison.Ordinal
        );
        Shelf.Add(Kind, Model, new Dictionary<string, byte[]>(), Card("nbeats"));
        Assert.Contains(
            "it has 1",
            Assert.Throws<KeyNotFoundException>(() => Shelf.Label("nbeats", 2, "stable")).Message,
            StringComparison.Ordinal
        );
        var file = Path.Combine(_folder.FullName, "nbeats", "model.json");
        File.WriteAllText(file, "{ nothing");
        Assert.Throws<InvalidDataException>(() => Shelf.Label("nbeats", 1, "stable"));
        File.WriteAllText(file, """{ "labels": { "stable": "one" } }""");
        Assert.Throws<InvalidDataException>(() => Shelf.LabelsOf("nbeats"));
        File.WriteAllText(Path.Combine(_folder.FullName, "nbeats", "1", "card.json"), "[]");
        Assert.Throws<InvalidDataException>(() => Shelf.CardOf("nbeats", 1));
    }

    private static ModelCard Card(string model) =>
        new()
        {
            Model = model,
            Version = 0,
            Task = "forecast",
            Summary = "A test.",
            TrainedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Code = "1",
            Command = "./aitrader train",
            Sha256 = string.Empty,
            Data = new CardData("aa", ["a.csv"], [new CardPart("A", 10, null, null)], new Dictionary<string, int> { ["test"] = 3 }, null),
            Recipe = JsonSerializer.SerializeToElement(new { steps = 3 }),
            Metrics = new Dictionary<string, double?> { ["loss_beside_persistence"] = 0.9, ["direction_hits"] = null },
            Verdict = new CardVerdict(false, "it does not beat the baseline"),
        };
}
