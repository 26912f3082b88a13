using AITrader.Learning.Datasets;
using AITrader.Learning.Forecasting;
using AITrader.Learning.Training;

namespace AITrader.Learning.Recipes;

/// <summary>A forecaster that was trained, and what came of it.</summary>
/// <param name="Model">The bytes of its <c>.onnx</c> file (<see cref="ServedForecaster"/>).</param>
/// <param name="Dataset">What it was trained with.</param>
/// <param name="Report">How good it is.</param>
public sealed record TrainedForecaster(byte[] Model, Dataset Dataset, ForecasterReport Report)
{
    /// <summary>Its errors, for those of several trainings to be judged together.</summary>
    internal ForecasterJudge Judge { get; init; } = new(Dataset.Settings.Horizon);
}

/// <summary>Trains a forecaster as a recipe says, and judges it.</summary>
/// <param name="recipe">How.</param>
/// <param name="threads">Processors that it may take.</param>
public sealed class ForecasterTraining(ForecasterRecipe recipe, int threads)
{
    // So many examples say as much as all of them, and a validation stays a part of a second.
    private const int MostValidated = 4096;

    // Windows of a part that is judged are computed in blocks: 16 MB at 64 prices.
    private const int Block = 65_536;

    /// <summary>File that a training goes on from after a crash; null to keep none. It is deleted at the end.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Trains with the oldest part of some series, chooses by the next and judges by the newest.</summary>
    /// <exception cref="ArgumentException">The recipe contradicts itself, or there are too few prices.</exception>
    /// <exception cref="DivergedException">The loss is no number any more.</exception>
    public TrainedForecaster Run(IReadOnlyCollection<PriceSeries> series, IProgress<TrainingProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(series);
        recipe.Require();
        var (validationFrom, testFrom) = new DatasetSplit(recipe.Validation, recipe.Test).Of(series);
        var dataset = Dataset.Of(series, new DatasetSettings(recipe.Window, recipe.Horizon, validationFrom, testFrom, recipe.Embargo));
        return Run(dataset, progress, ct);
    }

    /// <summary>Trains with the parts of a dataset.</summary>
    public TrainedForecaster Run(Dataset dataset, IProgress<TrainingProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Require(dataset, DatasetPart.Validation);
        Require(dataset, DatasetPart.Test);
        var examples = new DatasetExamples(dataset);
        var model = Train(dataset, examples, progress, ct);
        if (Checkpoint is { } kept)
        {
            File.Delete(kept);
        }

        var judge = new ForecasterJudge(recipe.Horizon);
        var loss = Judge(dataset, examples, model.Weights, judge, ct);
        var report = new ForecasterReport(
            dataset[DatasetPart.Training].Count,
            dataset[DatasetPart.Validation].Count,
            judge.Count,
            model.Steps,
            model.Step,
            model.Weights.Length,
            loss,
            judge.EndErrorBps,
            judge.PersistenceErrorBps,
            judge.AverageErrorBps,
            judge.DirectionHits,
            judge.Verdict()
        );
        return new TrainedForecaster(
            ServedForecaster.Build(recipe.Architecture, recipe.Window, recipe.Model, model.Weights),
            dataset,
            report
        )
        {
            Judge = judge,
        };
    }

    private TrainedModel Train(Dataset dataset, DatasetExamples examples, IProgress<TrainingProgress>? progress, CancellationToken ct)
    {
        var held = Thinned(dataset[DatasetPart.Validation]);
        using var forecaster = new WindowForecaster(recipe.Model, examples.Windows(held), held.Count, recipe.Horizon, threads);
        var trainer = new Trainer(recipe.Architecture, graph => examples.Loss(graph, recipe.Model), recipe.Training(threads))
        {
            Saved = Checkpoint is { } file ? checkpoint => CheckpointFile.Write(file, checkpoint) : null,
        };
        var from = Checkpoint is { } kept ? CheckpointFile.Read(kept, forecaster.WeightCount) : null;
        return trainer.Train(examples.Fill, weights => examples.LossOf(held, forecaster.Forecast(weights)), from, progress, ct);
    }

    private double Judge(Dataset dataset, DatasetExamples examples, float[] weights, ForecasterJudge judge, CancellationToken ct)
    {
        var (sum, count) = (0.0, 0);
        var naive = 0.0;
        foreach (var block in dataset[DatasetPart.Test].Chunk(Block))
        {
            ct.ThrowIfCancellationRequested();
            using var forecaster = new WindowForecaster(recipe.Model, examples.Windows(block), block.Length, recipe.Horizon, threads);
            var forecasts = forecaster.Forecast(weights);
            judge.Add(dataset, examples, block, forecasts);
            sum += examples.LossOf(block, forecasts) * block.Length;
            naive += examples.LossOf(block, Persistence(dataset, block)) * block.Length;
            count += block.Length;
        }

        return naive > 0 ? sum / naive : sum / count;
    }

    private static float[] Persistence(Dataset dataset, Example[] block)
    {
        var horizon = dataset.Settings.Horizon;
        var forecasts = new float[block.Length * horizon];
        for (var i = 0; i < block.Length; i++)
        {
            forecasts.AsSpan(i * horizon, horizon).Fill((float)dataset.Series[block[i].Series].Values[block[i].Start - 1]);
        }

        return forecasts;
    }

    private static IReadOnlyList<Example> Thinned(IReadOnlyList<Example> all) =>
        all.Count <= MostValidated
            ? all
            : [.. Enumerable.Range(0, MostValidated).Select(i => all[(int)((long)i * all.Count / MostValidated)])];

    private static void Require(Dataset dataset, DatasetPart part)
    {
        if (dataset[part].Count == 0)
        {
            throw new ArgumentException(
                $"There are too few prices: the part to {(part == DatasetPart.Test ? "judge" : "choose")} by has no example of a window of "
                    + $"{dataset.Settings.Window}, a horizon of {dataset.Settings.Horizon} and an embargo of {dataset.Settings.Embargo}."
            );
        }
    }
}
