using System.Security.Cryptography;
using System.Text;
using AITrader.Learning.Datasets;
using AITrader.Learning.Publishing;
using AITrader.Learning.Recipes;
using AITrader.Learning.Training;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Training;

/// <summary>Trains a forecaster as an order says and puts it into the repository.</summary>
internal static class ForecasterRun
{
    public static ModelCard Run(TrainingOrder order, Action<TrainingLine> say, TimeProvider time, CancellationToken ct)
    {
        var recipe = RecipeJson.Read(order.Recipe);
        var series = PriceReader.Read(order, new Relay<long>(count => say(new TrainingLine("reading", count))), ct);
        var (validationFrom, testFrom) = new DatasetSplit(recipe.Validation, recipe.Test).Of(series);
        var settings = new DatasetSettings(recipe.Window, recipe.Horizon, validationFrom, testFrom, recipe.Embargo);
        var dataset = Dataset.Of(series, settings);
        var training = new ForecasterTraining(recipe, order.Threads) { Checkpoint = CheckpointOf(order, recipe, dataset) };
        var trained = training.Run(dataset, new Relay<TrainingProgress>(progress => say(progress.ToLine())), ct);
        var walk = order.WalkForward is { } folds ? Walk(order, recipe, series, folds, say, ct) : null;
        say(new TrainingLine("publishing"));
        var origin = new TrainingOrigin(order.Model, order.Sources, order.Command, time.GetUtcNow())
        {
            Every = order.Every is { } every ? $"one each {every:c}" : "trade by trade",
            Licence = order.Licence,
        };
        return ForecasterPublisher.Publish(new ModelShelf(order.Repository), recipe, trained, origin, walk);
    }

    private static ForecasterWalkReport Walk(
        TrainingOrder order,
        ForecasterRecipe recipe,
        IReadOnlyList<PriceSeries> series,
        int folds,
        Action<TrainingLine> say,
        CancellationToken ct
    )
    {
        var walk = new ForecasterWalk(recipe, order.Threads) { Checkpoint = dataset => CheckpointOf(order, recipe, dataset) };
        return walk.Run(
            series,
            folds,
            new Relay<WalkProgress>(at => say(at.Training.ToLine() with { Stage = $"fold {at.Fold} of {at.Folds}, step" })),
            ct
        );
    }

    // Another recipe or other prices do not go on from it.
    private static string? CheckpointOf(TrainingOrder order, ForecasterRecipe recipe, Dataset dataset)
    {
        if (order.Checkpoints is not { } folder)
        {
            return null;
        }

        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{RecipeJson.Write(recipe).GetRawText()}|{dataset.Version}"));
        return Path.Combine(Directory.CreateDirectory(folder).FullName, $"{order.Model}-{Convert.ToHexStringLower(key)[..16]}.checkpoint");
    }
}
