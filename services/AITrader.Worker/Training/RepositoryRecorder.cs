using System.Text;
using System.Text.Json;
using AITrader.Registry.Cards;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using AITrader.Worker.Diagnostics;

namespace AITrader.Worker.Training;

/// <summary>Brings the tables of models up to what the model repository has.</summary>
internal sealed class RepositoryRecorder(
    TrainingFolders folders,
    ModelRegistry registry,
    TimeProvider time,
    ILogger<RepositoryRecorder> log
)
{
    private const string Answering = "stable";

    /// <summary>Takes over what is there; says how much, as JSON.</summary>
    public async Task<string> RecordAsync(CancellationToken ct)
    {
        var models = new List<(ModelRow, IReadOnlyList<ModelVersionRow>)>();
        foreach (var model in folders.Shelf.Models)
        {
            // One that cannot be read stays as it is on record.
            try
            {
                models.Add(Read(model));
            }
            catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                log.ModelNotRead(model, problem.Message);
            }
        }

        var changed = await registry.RecordAsync(models, ct);
        return JsonSerializer.Serialize(new { models = models.Count, changed });
    }

    private (ModelRow, IReadOnlyList<ModelVersionRow>) Read(string model)
    {
        var (shelf, now) = (folders.Shelf, time.GetUtcNow());
        var versions = shelf.VersionsOf(model);
        var answering = shelf.LabelsOf(model).TryGetValue(Answering, out var stable) ? stable : versions[^1];
        var cards = versions.ToDictionary(static version => version, version => shelf.CardOf(model, version));
        var newest = cards.Values.LastOrDefault(static card => card is not null);
        return (
            new ModelRow
            {
                Name = model,
                Task = newest?.Task ?? "unknown",
                Description = newest?.Summary ?? string.Empty,
                CreatedAt = now,
            },
            [.. versions.Select(version => RowOf(model, version, version == answering, cards[version], now))]
        );
    }

    private ModelVersionRow RowOf(string model, int version, bool answers, ModelCard? card, DateTimeOffset now) =>
        new()
        {
            Model = model,
            Version = version,
            Sha256 = folders.Shelf.HashOf(model, version),
            State = answers ? ModelStates.Active : ModelStates.Candidate,
            Metrics = card is null ? "{}" : JsonSerializer.Serialize(card.Metrics),
            DataVersion = card?.Data.Version ?? string.Empty,
            Code = card?.Code ?? string.Empty,
            Previous = card?.Previous,
            Card = card is null ? "{}" : Encoding.UTF8.GetString(CardFile.Write(card)),
            CreatedAt = card?.TrainedAt ?? now,
        };
}
