using AITrader.Learning.Patterns;
using AITrader.Learning.Publishing;
using AITrader.Learning.Recipes;
using AITrader.Learning.Training;
using AITrader.Registry.Cards;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>Trains and publishes, on data that has been read: minutes of computing.</summary>
internal delegate ModelCard Training(IProgress<TrainingProgress> progress, CancellationToken ct);

/// <summary>Reads what a request asks to train with.</summary>
internal sealed class ModelTrainers(StoredTrades trades, TrainingFolders folders, IOptions<TrainingOptions> options, TimeProvider time)
{
    /// <summary>The training of a request.</summary>
    /// <exception cref="ArgumentException">There is nothing to train with, or the recipe cannot be.</exception>
    public Task<Training> PrepareAsync(JobRow job, TrainingRequest request, CancellationToken ct) =>
        request.Task == PatternPublisher.Task ? PatternsAsync(job, request, ct) : ForecasterAsync(job, request, ct);

    private async Task<Training> ForecasterAsync(JobRow job, TrainingRequest request, CancellationToken ct)
    {
        var recipe = RecipeJson.Read(request.Recipe ?? default);
        var series = await trades.PricesAsync(request, ct);
        var training = new ForecasterTraining(recipe, options.Value.Threads) { Checkpoint = folders.CheckpointOf(job.Id) };
        return (progress, end) =>
            ForecasterPublisher.Publish(
                folders.Shelf,
                recipe,
                training.Run(series, progress, end),
                OriginOf(job, request, ForecasterPublisher.Task)
            );
    }

    private async Task<Training> PatternsAsync(JobRow job, TrainingRequest request, CancellationToken ct)
    {
        var recipe = RecipeJson.ReadPatterns(request.Recipe ?? default);
        var series = await trades.BarsAsync(request, recipe, ct);
        var training = new PatternTraining(recipe, options.Value.Threads) { Checkpoint = folders.CheckpointOf(job.Id) };
        return (progress, end) =>
            PatternPublisher.Publish(
                folders.Shelf,
                recipe,
                series,
                training.Run(series, progress, end),
                OriginOf(job, request, PatternPublisher.Task)
            );
    }

    private TrainingOrigin OriginOf(JobRow job, TrainingRequest request, string task)
    {
        var source = $"ticks:{string.Join(',', request.Symbols)}@{request.From:O}/{request.To:O}";
        return new TrainingOrigin(request.Model, [source], $"./aitrader train {task} {request.Model} --data {source}", time.GetUtcNow())
        {
            Every = request.Every is { } every ? $"one each {every:c}" : "trade by trade",
            Job = job.Id,
        };
    }
}
