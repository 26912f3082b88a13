using AITrader.Learning.Datasets;
using AITrader.Learning.Training;

namespace AITrader.Learning.Recipes;

/// <summary>How far a walk is.</summary>
/// <param name="Fold">Fold, from 1.</param>
/// <param name="Folds">All of them.</param>
/// <param name="Training">How far its training is.</param>
public sealed record WalkProgress(int Fold, int Folds, TrainingProgress Training);

/// <summary>Trains and judges a recipe again and again, each time on prices that are newer than all that came before.</summary>
/// <remarks>
/// The prices are cut into one part more than there are folds, at the same moments for every instrument. Fold k is judged by part k + 1 and
/// trained with all parts before it, the newest share of which its best step is chosen by, so that each price beyond the first part is
/// judged once, by a model that had seen nothing later. Source: Tashman, Out-of-sample tests of forecasting accuracy (2000), for rolling
/// origins; the recipe's embargo lies before both borders of each fold.
/// </remarks>
/// <param name="recipe">How to train.</param>
/// <param name="threads">Processors that it may take.</param>
public sealed class ForecasterWalk(ForecasterRecipe recipe, int threads)
{
    /// <summary>Folds at most: of more, each would be judged by next to nothing.</summary>
    public const int MostFolds = 50;

    /// <summary>File for a fold's training to go on from after a crash; null to keep none.</summary>
    public Func<Dataset, string?>? Checkpoint { get; init; }

    /// <summary>Walks through some series.</summary>
    /// <exception cref="ArgumentException">The recipe contradicts itself, or a fold has too few prices.</exception>
    /// <exception cref="DivergedException">The loss of a training is no number any more.</exception>
    public ForecasterWalkReport Run(
        IReadOnlyCollection<PriceSeries> series,
        int folds,
        IProgress<WalkProgress>? progress,
        CancellationToken ct
    )
    {
        recipe.Require();
        var walked = new List<WalkFold>();
        var judges = new List<ForecasterJudge>();
        foreach (var (number, dataset) in Datasets(series, folds).Index())
        {
            var training = new ForecasterTraining(recipe, threads) { Checkpoint = Checkpoint?.Invoke(dataset) };
            var trained = training.Run(dataset, progress is null ? null : new Numbered(number + 1, folds, progress), ct);
            walked.Add(new WalkFold(number + 1, dataset.Settings.TestFrom, End(dataset), trained.Report));
            judges.Add(trained.Judge);
        }

        return new ForecasterWalkReport(walked, Overall(judges));
    }

    /// <summary>What each fold trains with and is judged by, in order of time.</summary>
    internal IEnumerable<Dataset> Datasets(IReadOnlyCollection<PriceSeries> series, int folds)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (folds is < 2 or > MostFolds)
        {
            throw new ArgumentException($"a walk forward has 2 to {MostFolds} folds, not {folds}");
        }

        var times = series.SelectMany(static one => one.Times).Order().ToList();
        if (times.Count == 0)
        {
            throw new ArgumentException("There is no price.", nameof(series));
        }

        for (var fold = 1; fold <= folds; fold++)
        {
            var known = Before(series, fold < folds ? times[(int)((fold + 1L) * times.Count / (folds + 1))] : null);
            var test = 1.0 / (fold + 1);
            var chosenBy = recipe.Validation / (1 - recipe.Test) * (1 - test);
            var (validationFrom, testFrom) = new DatasetSplit(chosenBy, test).Of(known);
            yield return Dataset.Of(known, new DatasetSettings(recipe.Window, recipe.Horizon, validationFrom, testFrom, recipe.Embargo));
        }
    }

    // What comes later is not there at all.
    private static List<PriceSeries> Before(IReadOnlyCollection<PriceSeries> series, DateTimeOffset? end) =>
        [
            .. series
                .Select(one =>
                    one.Times.TakeWhile(time => end is null || time < end).Count() is var count && count < one.Times.Count
                        ? new PriceSeries(one.Symbol, [.. one.Times.Take(count)], [.. one.Values.Take(count)])
                        : one
                )
                .Where(static one => one.Times.Count > 0),
        ];

    private static DateTimeOffset End(Dataset dataset) => dataset.Series.Max(static one => one.Times[^1]);

    private WalkSummary Overall(List<ForecasterJudge> judges)
    {
        var all = judges.Aggregate(new ForecasterJudge(recipe.Horizon), static (sum, fold) => sum.Include(fold));
        return new WalkSummary(all.Count, all.EndErrorBps, all.PersistenceErrorBps, all.DirectionHits, all.Verdict());
    }

    private sealed class Numbered(int fold, int folds, IProgress<WalkProgress> to) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => to.Report(new WalkProgress(fold, folds, value));
    }
}
