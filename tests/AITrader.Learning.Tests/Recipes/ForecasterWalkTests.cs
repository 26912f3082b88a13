using AITrader.Learning.Datasets;
using AITrader.Learning.Evaluation;
using AITrader.Learning.Publishing;
using AITrader.Learning.Recipes;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Learning.Tests.Recipes;

public sealed class ForecasterWalkTests
{
    private const int Folds = 4;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ForecasterRecipe Small = new()
    {
        Window = 16,
        Horizon = 4,
        Width = 16,
        Steps = 100,
        Rows = 64,
        Rate = 2e-3,
        Embargo = 20,
    };

    [Fact]
    public void Each_fold_is_judged_by_what_came_after_all_that_it_saw_and_each_price_once()
    {
        PriceSeries[] series = [Reverting("A", 3000, 1), Reverting("B", 1500, 2, first: 900)];
        var walked = new ForecasterWalk(Small, 1).Datasets(series, Folds).ToList();

        Assert.Equal(Folds, walked.Count);
        var judged = new HashSet<(string, DateTimeOffset)>();
        foreach (var dataset in walked)
        {
            var settings = dataset.Settings;
            Assert.Equal(Small.Embargo, settings.Embargo);
            foreach (var part in (DatasetPart[])[DatasetPart.Training, DatasetPart.Validation])
            {
                var border = part == DatasetPart.Training ? settings.ValidationFrom : settings.TestFrom;
                Assert.All(dataset[part], example =>
                {
                    // The prices of the label, and an embargo of them behind it, lie before the next part.
                    var times = dataset.Series[example.Series].Times;
                    Assert.True(times[example.Start + Small.Horizon + Small.Embargo - 1] < border);
                });
            }

            Assert.All(dataset[DatasetPart.Test], example =>
            {
                var one = dataset.Series[example.Series];
                Assert.True(one.Times[example.Start] >= settings.TestFrom);
                Assert.True(judged.Add((one.Symbol, one.Times[example.Start])), "judged twice");
            });
        }

        for (var fold = 1; fold < Folds; fold++)
        {
            Assert.True(walked[fold - 1].Series.Max(static one => one.Times[^1]) < walked[fold].Settings.TestFrom);
            Assert.True(walked[fold][DatasetPart.Training].Count > walked[fold - 1][DatasetPart.Training].Count);
        }

        // The newest price of all is judged too.
        Assert.Contains(("A", series[0].Times[^Small.Horizon]), judged);
    }

    // The check that finds a leak is held against a leak: a fold that trains up to the end of what it is judged by.
    [Fact]
    public void No_fold_knows_what_it_is_judged_by_and_one_that_does_is_found_out()
    {
        PriceSeries[] series = [Reverting("A", 2000, 1)];
        var honest = new ForecasterWalk(Small, 1).Datasets(series, Folds).ToList();

        Assert.All(honest, static dataset => Assert.False(Leaks(dataset, dataset.Settings.TestFrom)));

        var last = honest[^1];
        var leaking = Dataset.Of(
            last.Series,
            last.Settings with
            {
                ValidationFrom = last.Settings.TestFrom.AddSeconds(300),
                TestFrom = last.Settings.TestFrom.AddSeconds(350),
            }
        );
        Assert.True(Leaks(leaking, last.Settings.TestFrom));
    }

    [Fact]
    public void What_can_be_forecast_is_better_in_every_fold_and_over_all()
    {
        var progress = new List<WalkProgress>();
        var report = new ForecasterWalk(Small with { Steps = 300 }, 1).Run(
            [Reverting("A", 3000, 1), Reverting("B", 3000, 2)],
            Folds,
            new Listed(progress),
            TestContext.Current.CancellationToken
        );

        Assert.Equal([1, 2, 3, 4], report.Folds.Select(static fold => fold.Number));
        Assert.All(report.Folds, static fold => Assert.True(fold.IsBetter, $"{fold}"));
        Assert.Equal(report.Folds.Sum(static fold => fold.Report.TestExamples), report.Overall.TestExamples);
        Assert.Equal(report.Overall.TestExamples, report.Overall.Verdict.Test.Observations);
        Assert.True(report.Overall.Verdict.GoesLive, report.Overall.Verdict.Reason);
        Assert.InRange(
            report.Overall.EndErrorBps,
            report.Folds.Min(static fold => fold.Report.EndErrorBps),
            report.Folds.Max(static fold => fold.Report.EndErrorBps)
        );
        Assert.Equal(
            Math.Sqrt(
                report.Folds.Sum(static fold => Math.Pow(fold.Report.PersistenceErrorBps, 2) * fold.Report.TestExamples)
                    / report.Overall.TestExamples
            ),
            report.Overall.PersistenceErrorBps,
            1e-9
        );
        Assert.Equal([1, 2, 3, 4], progress.Select(static at => at.Fold).Distinct());
        Assert.All(progress, static at => Assert.Equal(Folds, at.Folds));
    }

    [Fact]
    public void A_walk_that_nobody_can_forecast_is_not_better_over_all_folds()
    {
        var random = new Random(7);
        var price = 100.0;
        var walk = Series("A", 3000, 0, _ => price *= 1 + (0.0005 * (random.NextDouble() - 0.5)));

        var report = new ForecasterWalk(Small, 1).Run([walk], Folds, null, TestContext.Current.CancellationToken);

        Assert.False(report.Overall.Verdict.GoesLive, report.Overall.Verdict.Reason);
    }

    [Fact]
    public void The_card_has_a_line_for_each_fold_and_its_verdict_needs_both()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-walk-");
        try
        {
            PriceSeries[] series = [Reverting("A", 2000, 1)];
            var recipe = Small with { Steps = 200 };
            var trained = new ForecasterTraining(recipe, 1).Run(series, null, TestContext.Current.CancellationToken);
            var report = new ForecasterWalk(recipe, 1).Run(series, Folds, null, TestContext.Current.CancellationToken);
            Assert.True(trained.Report.Verdict.GoesLive && report.Overall.Verdict.GoesLive);
            var shelf = new ModelShelf(folder.FullName);
            var origin = new TrainingOrigin("mine", ["a.csv"], "./aitrader train forecast mine --walk-forward 4", Start);

            var card = ForecasterPublisher.Publish(shelf, recipe, trained, origin, report);
            Assert.True(card.Verdict.GoesLive);
            Assert.Contains("over all folds it saves", card.Verdict.Reason, StringComparison.Ordinal);
            var read = CardFile.Read(Path.Combine(folder.FullName, "mine", "1", CardFile.Name))!;
            Assert.Equal(card.Walk!.Folds, read.Walk!.Folds);
            Assert.Equal(report.Overall.EndErrorBps, read.Walk.Overall.ErrorBps);
            var page = File.ReadAllText(Path.Combine(folder.FullName, "mine", "1", CardPage.Name));
            Assert.Equal(
                Folds + 1,
                page.Split('\n')
                    .Count(static line =>
                        line.StartsWith("| 2026-01-01", StringComparison.Ordinal) && line.Count(static c => c == '|') == 9
                    )
            );
            Assert.Contains("| all folds |", page, StringComparison.Ordinal);

            var lost = report with { Overall = report.Overall with { Verdict = ModelVerdict.Of([2, 2, 2.5, 2], [1, 1.5, 1, 1]) } };
            Assert.False(ForecasterPublisher.Publish(shelf, recipe, trained, origin, lost).Verdict.GoesLive);
            Assert.Null(ForecasterPublisher.Publish(shelf, recipe, trained, origin).Walk);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(1, "a walk forward has 2 to 50 folds, not 1")]
    [InlineData(51, "a walk forward has 2 to 50 folds, not 51")]
    [InlineData(40, "")]
    public void Too_few_prices_for_so_many_folds_are_refused(int folds, string reason)
    {
        var refusal = Assert.Throws<ArgumentException>(() =>
            new ForecasterWalk(Small, 1).Run([Reverting("A", 600, 1)], folds, null, TestContext.Current.CancellationToken)
        );
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    // Whether a model is another one when only what it is judged by is another.
    private static bool Leaks(Dataset dataset, DateTimeOffset judgedFrom)
    {
        var changed = dataset.Series.Select(one =>
            one with
            {
                Values = [.. one.Values.Select((value, i) => one.Times[i] >= judgedFrom ? value * (1 + (0.01 * (i % 5))) : value)],
            }
        );
        return !Train(dataset).AsSpan().SequenceEqual(Train(Dataset.Of(changed, dataset.Settings)));
    }

    private static byte[] Train(Dataset dataset) =>
        new ForecasterTraining(Small, 1).Run(dataset, null, TestContext.Current.CancellationToken).Model;

    // A price that comes back to its level.
    private static PriceSeries Reverting(string symbol, int count, int seed, int first = 0)
    {
        var random = new Random(seed);
        var away = 0.0;
        return Series(symbol, count, first, _ => 1000 * (1 + (away = (0.7 * away) + (0.001 * (random.NextDouble() - 0.5)))));
    }

    private static PriceSeries Series(string symbol, int count, int first, Func<int, double> price) =>
        new(
            symbol,
            [.. Enumerable.Range(first, count).Select(static i => Start.AddSeconds(i))],
            [.. Enumerable.Range(0, count).Select(price)]
        );

    private sealed class Listed(List<WalkProgress> all) : IProgress<WalkProgress>
    {
        public void Report(WalkProgress value) => all.Add(value);
    }
}
