using System.Text.Json;
using AITrader.Learning.Training;
using AITrader.Registry.Cards;
using AITrader.Storage.Jobs;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using AITrader.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>Trains a model on stored trades and puts it into the model repository, once: a job that runs again after a crash goes on
/// from its checkpoint, or finds the version that it made.</summary>
internal sealed class TrainingJob(
    ModelTrainers trainers,
    TrainingFolders folders,
    RepositoryRecorder recorder,
    JobTable table,
    IOptions<TrainingOptions> options,
    TimeProvider time
) : IJobHandler
{
    public string Type => TrainingRequest.JobType;

    public TimeSpan? Every => null;

    public async Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        var request = TrainingRequest.FromJson(job.Payload);
        folders.DeleteOtherCheckpoints(await table.UnfinishedAsync(Type, ct));
        var card = MadeBy(job, request) ?? await TrainAsync(job, request, ct);
        await recorder.RecordAsync(ct);
        return JsonSerializer.Serialize(
            new
            {
                model = card.Model,
                version = card.Version,
                goes_live = card.Verdict.GoesLive,
                reason = card.Verdict.Reason,
                metrics = card.Metrics,
            }
        );
    }

    private ModelCard? MadeBy(JobRow job, TrainingRequest request) =>
        folders
            .Shelf.VersionsOf(request.Model)
            .Reverse()
            .Select(version => folders.Shelf.CardOf(request.Model, version))
            .FirstOrDefault(card => card?.Job == job.Id);

    private async Task<ModelCard> TrainAsync(JobRow job, TrainingRequest request, CancellationToken ct)
    {
        var training = await trainers.PrepareAsync(job, request, ct);
        var reports = new Reports();

        // A training computes for minutes: not on a thread that others wait for.
        var work = Task.Factory.StartNew(() => training(reports, ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await ReportAsync(job, reports, work, ct);
        return await work;
    }

    private async Task ReportAsync(JobRow job, Reports reports, Task work, CancellationToken ct)
    {
        while (await Task.WhenAny(work, Task.Delay(options.Value.ReportEvery, time, ct)) != work)
        {
            ct.ThrowIfCancellationRequested();
            if (reports.Newest is { } at)
            {
                var progress = JsonSerializer.Serialize(
                    new
                    {
                        step = at.Step,
                        steps = at.Steps,
                        loss = at.Loss,
                        best = at.Best,
                    }
                );
                await table.ReportAsync(job, progress, ct);
            }
        }
    }

    private sealed class Reports : IProgress<TrainingProgress>
    {
        private volatile TrainingProgress? _newest;

        public TrainingProgress? Newest => _newest;

        public void Report(TrainingProgress value) => _newest = value;
    }
}
