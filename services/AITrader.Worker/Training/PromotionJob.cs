using System.Text.Json;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using AITrader.Worker.Jobs;

namespace AITrader.Worker.Training;

/// <summary>Has a version of a model answer: moves its label in the model repository, which the runners follow within seconds, and takes
/// that over into the tables.</summary>
internal sealed class PromotionJob(TrainingFolders folders, RepositoryRecorder recorder) : IJobHandler
{
    private const string Answering = "stable";

    public string Type => PromotionRequest.JobType;

    public TimeSpan? Every => null;

    public async Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        var request = PromotionRequest.FromJson(job.Payload);

        // The gateway looked at the record; what is on the disk may have changed since.
        var verdict = folders.Shelf.CardOf(request.Model, request.Version)?.Verdict;
        if (verdict is not { GoesLive: true } && !request.Anyway)
        {
            throw new InvalidDataException(
                $"{request.Model} {request.Version} is not promoted: {verdict?.Reason ?? "it has no card that says how good it is"}"
            );
        }

        var before = folders.Shelf.LabelsOf(request.Model).TryGetValue(Answering, out var stable) ? stable : (int?)null;
        folders.Shelf.Label(request.Model, request.Version, Answering);
        await recorder.RecordAsync(ct);
        return JsonSerializer.Serialize(
            new
            {
                model = request.Model,
                version = request.Version,
                before,
            }
        );
    }
}
