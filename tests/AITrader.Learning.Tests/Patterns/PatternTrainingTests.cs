using AITrader.Domain.Signals;
using AITrader.Learning.Patterns;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Tests.Patterns;

public sealed class PatternTrainingTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly PatternRecipe Recipe = new()
    {
        Classes = [new("none", SignalDirection.Neutral), new("leap", SignalDirection.Bullish), new("fall", SignalDirection.Bearish)],
        Bars = 16,
        Filters = 4,
        Steps = 400,
        Rows = 48,
        Rate = 0.005,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Rare_shapes_are_learned_and_probabilities_are_to_be_believed()
    {
        var trained = new PatternTraining(Recipe, 1).Run([Bars("A", 3000, 1), Bars("B", 3000, 2)], null, Ct);
        var report = trained.Report;
        Assert.True(report.Score.MacroF1 > 0.85, $"macro F1 {report.Score.MacroF1}");
        Assert.True(report.Majority.MacroF1 < 0.4 && report.Majority.Accuracy > 0.85);
        Assert.True(report.CalibrationError < 0.05, $"calibration error {report.CalibrationError}");
        Assert.Equal(report.TestExamples, report.Confusion.Sum(static row => row.Sum()));
        Assert.Equal(report.Score.Accuracy, Enumerable.Range(0, 3).Sum(i => report.Confusion[i][i]) / (double)report.TestExamples, 1e-12);
        Assert.True(report.TrainingCounts[0] > 8 * report.TrainingCounts[1]);

        using var session = new InferenceSession(trained.Model);
        var bars = Bars("C", 400, 3);
        var last = Enumerable.Range(20, 300).First(i => bars.Classes[i] == 1);
        var window = Window(bars, last);
        using var input = OrtValue.CreateTensorValueFromMemory(window, [1, 5, Recipe.Bars]);
        using var options = new RunOptions();
        using var answer = session.Run(options, [ServedPatterns.Bars], [input], [ServedPatterns.Probabilities]);
        var said = answer[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.Equal(1, said.Sum(), 1e-4);
        Assert.Equal(1, Array.IndexOf(said, said.Max()));
    }

    [Fact]
    public void The_newest_part_is_not_seen_while_training()
    {
        var bars = Bars("A", 2000, 1);
        var cut = 1700;
        var other = bars with { Classes = [.. bars.Classes.Select((one, i) => i >= cut ? (one + 1) % 3 : one)] };
        var recipe = Recipe with { Steps = 100 };
        Assert.Equal(
            new PatternTraining(recipe, 1).Run([bars], null, Ct).Model,
            new PatternTraining(recipe, 1).Run([other], null, Ct).Model
        );
    }

    [Fact]
    public void What_cannot_be_used_is_refused_with_the_place()
    {
        var bars = Bars("A", 300, 1);
        Refused("is no class", bars with { Classes = [.. bars.Classes.Select(static (one, i) => i == 7 ? 3 : one)] });
        Refused("is no bar", bars with { High = [.. bars.High.Select(static (one, i) => i == 7 ? 1 : one)] });
        Refused("is no bar", bars with { Volume = [.. bars.Volume.Select(static (one, i) => i == 7 ? double.NaN : one)] });
        Refused("lies before", bars with { Times = [.. bars.Times.Select(static (one, i) => i == 7 ? one.AddDays(-1) : one)] });
        Refused("as many values", bars with { Close = [.. bars.Close.Skip(1)] });
        Refused("too few bars", Bars("A", 40, 1));
        Assert.Throws<ArgumentException>(() => new PatternTraining(Recipe with { Bars = 18 }, 1).Run([bars], null, Ct));
        Assert.Throws<ArgumentException>(() =>
            new PatternTraining(Recipe with { Classes = [Recipe.Classes[0], Recipe.Classes[0]] }, 1).Run([bars], null, Ct)
        );

        static void Refused(string reason, LabelledBars bars) =>
            Assert.Contains(
                reason,
                Assert.Throws<ArgumentException>(() => new PatternTraining(Recipe, 1).Run([bars], null, Ct)).Message,
                StringComparison.Ordinal
            );
    }

    private static float[] Window(LabelledBars bars, int last)
    {
        IReadOnlyList<double>[] columns = [bars.Open, bars.High, bars.Low, bars.Close, bars.Volume];
        return [.. columns.SelectMany(column => Enumerable.Range(last - Recipe.Bars + 1, Recipe.Bars).Select(i => (float)column[i]))];
    }

    // A walk in which one bar of sixteen leaps and one falls.
    private static LabelledBars Bars(string symbol, int count, int seed)
    {
        var random = new Random(seed);
        var price = 1000.0;
        var (open, high, low, close, volume, classes) = (
            new double[count],
            new double[count],
            new double[count],
            new double[count],
            new double[count],
            new int[count]
        );
        for (var i = 0; i < count; i++)
        {
            classes[i] = random.Next(24) switch
            {
                0 => 1,
                1 => 2,
                _ => 0,
            };
            var move = classes[i] switch
            {
                1 => 5 + random.NextDouble(),
                2 => -5 - random.NextDouble(),
                _ => random.NextDouble() - 0.5,
            };
            (open[i], close[i]) = (price, price + move);
            (high[i], low[i]) = (Math.Max(open[i], close[i]) + random.NextDouble(), Math.Min(open[i], close[i]) - random.NextDouble());
            volume[i] = 100 + random.Next(50);
            price = close[i];
        }

        return new LabelledBars(
            symbol,
            [.. Enumerable.Range(0, count).Select(i => Start.AddMinutes(i))],
            open,
            high,
            low,
            close,
            volume,
            classes
        );
    }
}
