using AITrader.Learning.Evaluation;
using AITrader.Learning.Forecasting;
using AITrader.Learning.Recipes;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Learning.Publishing;

/// <summary>Puts a trained forecaster into a model repository, with its card.</summary>
public static class ForecasterPublisher
{
    /// <summary>What a forecaster does, as cards have it.</summary>
    public const string Task = "forecast";

    /// <summary>Adds it as the newest version.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <param name="shelf">The repository.</param>
    /// <param name="recipe">How it was trained.</param>
    /// <param name="trained">What came of it.</param>
    /// <param name="origin">Where its data came from.</param>
    /// <param name="walk">What the recipe came to, trained again forward in time; null where it was not tried. Where it was, the version
    /// goes live only if the recipe beats the baseline over all folds too.</param>
    public static ModelCard Publish(
        ModelShelf shelf,
        ForecasterRecipe recipe,
        TrainedForecaster trained,
        TrainingOrigin origin,
        ForecasterWalkReport? walk = null
    )
    {
        ArgumentNullException.ThrowIfNull(shelf);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(origin);
        var kind = new ModelKind(
            $"Forecasts the next {recipe.Horizon} prices from the last {recipe.Window}",
            new Dictionary<string, string> { [ServedForecaster.Prices] = "float32 [batch, window]: prices, oldest first" },
            new Dictionary<string, string> { [ServedForecaster.Forecast] = "float32 [batch, horizon]: the next prices, nearest first" },
            new Dictionary<string, long[]> { [ServedForecaster.Prices] = [1, recipe.Window] }
        );
        return shelf.Add(kind, trained.Model, new Dictionary<string, byte[]>(), CardOf(recipe, trained, origin, walk));
    }

    private static ModelCard CardOf(
        ForecasterRecipe recipe,
        TrainedForecaster trained,
        TrainingOrigin origin,
        ForecasterWalkReport? walk
    ) =>
        new()
        {
            Model = origin.Model,
            Version = 0,
            Task = Task,
            Summary =
                $"{Words(recipe.Architecture)} that forecasts the next {recipe.Horizon} prices from the last {recipe.Window}, {origin.Every}; "
                + $"{trained.Report.Weights} weights.",
            TrainedAt = origin.TrainedAt,
            Code = TrainingOrigin.Code,
            Command = origin.Command,
            Sha256 = string.Empty,
            Data = DataOf(trained, origin),
            Recipe = RecipeJson.Write(recipe),
            Metrics = MetricsOf(trained.Report),
            Verdict = VerdictOf(trained.Report.Verdict, walk?.Overall.Verdict),
            Walk = walk is null ? null : WalkOf(walk),
            Job = origin.Job,
            Limits =
            [
                "Judged on the newest part of the prices named above, and on nothing else: other instruments, times and venues may differ.",
                "A better forecast is not a profit: spread, fees and latency are not in these figures.",
            ],
        };

    private static CardVerdict VerdictOf(ModelVerdict newest, ModelVerdict? walked) =>
        walked is null
            ? new CardVerdict(newest.GoesLive, newest.Reason)
            : new CardVerdict(newest.GoesLive && walked.GoesLive, $"on the newest part {newest.Reason}; over all folds {walked.Reason}");

    private static CardWalk WalkOf(ForecasterWalkReport walk)
    {
        var overall = walk.Overall;
        return new CardWalk(
            [
                .. walk.Folds.Select(static fold => new CardFold(
                    fold.TestFrom,
                    fold.TestTo,
                    fold.Report.TrainingExamples,
                    fold.Report.TestExamples,
                    fold.Report.EndErrorBps,
                    fold.Report.PersistenceErrorBps,
                    fold.Report.DirectionHits,
                    fold.Report.Verdict.Test.FirstIsBetterP
                )),
            ],
            new CardFold(
                walk.Folds[0].TestFrom,
                walk.Folds[^1].TestTo,
                null,
                overall.TestExamples,
                overall.EndErrorBps,
                overall.PersistenceErrorBps,
                overall.DirectionHits,
                overall.Verdict.Test.FirstIsBetterP
            )
        );
    }

    private static CardData DataOf(TrainedForecaster trained, TrainingOrigin origin) =>
        new(
            trained.Dataset.Version,
            origin.Sources,
            [
                .. trained.Dataset.Series.Select(static series => new CardPart(
                    series.Symbol,
                    series.Values.Count,
                    series.Times[0],
                    series.Times[^1]
                )),
            ],
            new Dictionary<string, int>
            {
                ["training"] = trained.Report.TrainingExamples,
                ["validation"] = trained.Report.ValidationExamples,
                ["test"] = trained.Report.TestExamples,
            },
            origin.Licence
        );

    private static Dictionary<string, double?> MetricsOf(ForecasterReport report) =>
        new()
        {
            ["loss_beside_persistence"] = report.Loss,
            ["end_error_bps"] = report.EndErrorBps,
            ["persistence_error_bps"] = report.PersistenceErrorBps,
            ["average_error_bps"] = report.AverageErrorBps,
            ["direction_hits"] = report.DirectionHits,
            ["improvement"] = report.Verdict.Improvement,
            ["diebold_mariano"] = report.Verdict.Test.Statistic,
            ["p_by_chance"] = report.Verdict.Test.FirstIsBetterP,
            ["best_step"] = report.BestStep,
        };

    private static string Words(string architecture) =>
        architecture switch
        {
            "transformer" => "A small transformer",
            "nbeats-interpretable" => "N-BEATS with trend and seasonality",
            _ => "N-BEATS, generic",
        };
}
