using AITrader.Learning.Datasets;
using AITrader.Learning.Recipes;
using AITrader.Learning.Training;

namespace AITrader.Learning.Tests.Recipes;

public sealed class ForecasterTrainingTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ForecasterRecipe Small = new()
    {
        Window = 16,
        Horizon = 4,
        Width = 16,
        Steps = 400,
        Rows = 64,
        Rate = 2e-3,
        Embargo = 16,
    };

    [Theory]
    [InlineData("nbeats")]
    [InlineData("nbeats-interpretable")]
    [InlineData("transformer")]
    public void What_can_be_forecast_is_forecast_and_goes_live(string architecture)
    {
        var trained = Train([Reverting("A", 3000, 1), Reverting("B", 3000, 2)], Small with { Architecture = architecture });
        var report = trained.Report;
        Assert.True(report.Verdict.GoesLive, report.Verdict.Reason);
        Assert.True(report.Loss < 0.9, $"loss {report.Loss}");
        Assert.True(report.EndErrorBps < report.PersistenceErrorBps);
        Assert.True(report.DirectionHits > 0.6, $"hits {report.DirectionHits}");
        Assert.True(report.TrainingExamples > 3 * report.TestExamples && report.TestExamples > 700 && report.ValidationExamples > 700);
    }

    [Fact]
    public void A_walk_that_nobody_can_forecast_does_not_go_live()
    {
        var random = new Random(7);
        var price = 100.0;
        var walk = Series("A", 4000, _ => price *= 1 + (0.0005 * (random.NextDouble() - 0.5)));
        var report = Train([walk], Small).Report;
        Assert.False(report.Verdict.GoesLive, report.Verdict.Reason);
        Assert.InRange(report.Loss, 0.95, 1.3);
    }

    [Fact]
    public void The_newest_part_is_not_seen_while_training()
    {
        var series = Reverting("A", 3000, 1);
        var cut = (int)(series.Values.Count * 0.85);
        var other = series with { Values = [.. series.Values.Select((value, i) => i >= cut ? value * (1 + (0.01 * (i % 5))) : value)] };
        Assert.Equal(Train([series], Small).Model, Train([other], Small).Model);
    }

    [Fact]
    public void The_same_recipe_and_prices_give_the_same_model_and_another_seed_another_one()
    {
        PriceSeries[] series = [Reverting("A", 1500, 1)];
        var recipe = Small with { Steps = 100 };
        var trained = Train(series, recipe);
        Assert.Equal(trained.Model, Train(series, recipe).Model);
        Assert.NotEqual(trained.Model, Train(series, recipe with { Seed = 2 }).Model);
        Assert.Equal(trained.Dataset.Version, Train(series, recipe with { Seed = 2 }).Dataset.Version);
    }

    [Fact]
    public void A_training_that_was_ended_goes_on_to_the_same_model_and_leaves_no_checkpoint()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-training-");
        try
        {
            PriceSeries[] series = [Reverting("A", 1500, 1)];
            var file = Path.Combine(folder.FullName, "a.checkpoint");
            using var stop = new CancellationTokenSource();
            var half = new Halt(stop, 200);
            Assert.Throws<OperationCanceledException>(() =>
                new ForecasterTraining(Small, 1) { Checkpoint = file }.Run(series, half, stop.Token)
            );
            Assert.True(File.Exists(file));
            var reports = new List<long>();
            var onward = new ForecasterTraining(Small, 1) { Checkpoint = file }.Run(series, new Listed(reports), CancellationToken.None);
            Assert.Equal(300, reports[0]);
            Assert.Equal(Train(series, Small).Model, onward.Model);
            Assert.False(File.Exists(file));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Prices_of_one_moment_and_too_few_prices_are_refused_with_what_is_needed()
    {
        var short_ = Reverting("A", 60, 1);
        Assert.Contains("too few", Assert.Throws<ArgumentException>(() => Train([short_], Small)).Message, StringComparison.Ordinal);
        var still = Reverting("A", 500, 1);
        var once = still with { Times = [.. still.Times.Select(static _ => Start)] };
        Assert.Contains("one moment", Assert.Throws<ArgumentException>(() => Train([once], Small)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Train([], Small));
    }

    [Theory]
    [InlineData("architecture is one of")]
    [InlineData("window is 8 to 4096")]
    [InlineData("multiple of 4")]
    [InlineData("rate is above 0")]
    [InlineData("together below 1")]
    public void A_recipe_that_cannot_be_says_what_is_right(string rule)
    {
        var recipe = rule switch
        {
            "architecture is one of" => Small with { Architecture = "lstm" },
            "window is 8 to 4096" => Small with { Window = 7 },
            "multiple of 4" => Small with { Architecture = "transformer", Window = 18 },
            "rate is above 0" => Small with { Rate = double.NaN },
            _ => Small with { Validation = 0.5, Test = 0.5 },
        };
        Assert.Contains(rule, Assert.Throws<ArgumentException>(recipe.Require).Message, StringComparison.Ordinal);
    }

    private static TrainedForecaster Train(IReadOnlyCollection<PriceSeries> series, ForecasterRecipe recipe) =>
        new ForecasterTraining(recipe, 1).Run(series, null, TestContext.Current.CancellationToken);

    // A price that comes back to its level.
    private static PriceSeries Reverting(string symbol, int count, int seed)
    {
        var random = new Random(seed);
        var away = 0.0;
        return Series(symbol, count, _ => 1000 * (1 + (away = (0.7 * away) + (0.001 * (random.NextDouble() - 0.5)))));
    }

    private static PriceSeries Series(string symbol, int count, Func<int, double> price) =>
        new(symbol, [.. Enumerable.Range(0, count).Select(static i => Start.AddSeconds(i))], [.. Enumerable.Range(0, count).Select(price)]);

    private sealed class Halt(CancellationTokenSource stop, long step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class Listed(List<long> steps) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => steps.Add(value.Step);
    }
}
