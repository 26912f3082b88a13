using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AITrader.Learning.Evaluation;
using AITrader.Learning.Patterns;
using AITrader.Learning.Recipes;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Learning.Publishing;

/// <summary>Puts a trained classifier of patterns into a model repository, with its card.</summary>
public static class PatternPublisher
{
    /// <summary>What it does, as cards have it.</summary>
    public const string Task = "patterns";

    /// <summary>Adds it as the newest version.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static ModelCard Publish(
        ModelShelf shelf,
        PatternRecipe recipe,
        IReadOnlyList<LabelledBars> series,
        TrainedPatterns trained,
        TrainingOrigin origin
    )
    {
        ArgumentNullException.ThrowIfNull(shelf);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(origin);
        var channels = recipe.Model.Channels;
        var kind = new ModelKind(
            $"Says which kind of pattern ends with the last of {recipe.Bars} bars",
            new Dictionary<string, string>
            {
                [ServedPatterns.Bars] =
                    $"float32 [batch, {channels}, {recipe.Bars}]: opens, highs, lows, closes and volumes of bars, oldest first",
            },
            new Dictionary<string, string>
            {
                [ServedPatterns.Probabilities] =
                    $"float32 [batch, {recipe.Classes.Count}]: {string.Join(", ", recipe.Classes.Select(static one => one.Name))}",
            },
            new Dictionary<string, long[]> { [ServedPatterns.Bars] = [1, channels, recipe.Bars] }
        );
        return shelf.Add(kind, trained.Model, new Dictionary<string, byte[]>(), CardOf(recipe, series, trained.Report, origin));
    }

    private static ModelCard CardOf(
        PatternRecipe recipe,
        IReadOnlyList<LabelledBars> series,
        PatternReport report,
        TrainingOrigin origin
    ) =>
        new()
        {
            Model = origin.Model,
            Version = 0,
            Task = Task,
            Summary =
                $"A convolutional network that says which kind of pattern ends with the last of {recipe.Bars} bars; "
                + $"{report.Weights} weights.",
            TrainedAt = origin.TrainedAt,
            Code = TrainingOrigin.Code,
            Command = origin.Command,
            Sha256 = string.Empty,
            Data = DataOf(recipe, series, report, origin),
            Recipe = RecipeJson.Write(recipe),
            Metrics = MetricsOf(recipe, report),
            Verdict = VerdictOf(report),
            Job = origin.Job,
            Limits =
            [
                "Its labels are what the detectors of bars find: it says what they say, with a probability, and nothing of its own.",
                "That a pattern is there does not say that prices follow it: see the moves after it among the figures.",
                "Judged on the newest part of the bars named above, and on nothing else: other instruments, times and venues may differ.",
            ],
        };

    private static CardData DataOf(PatternRecipe recipe, IReadOnlyList<LabelledBars> series, PatternReport report, TrainingOrigin origin)
    {
        var examples = new Dictionary<string, int>
        {
            ["training"] = report.TrainingCounts.Sum(),
            ["validation"] = report.ValidationExamples,
            ["test"] = report.TestExamples,
        };
        foreach (var (number, one) in recipe.Classes.Index())
        {
            examples[$"training: {one.Name}"] = report.TrainingCounts[number];
        }

        return new CardData(
            VersionOf(series),
            origin.Sources,
            [.. series.Select(static one => new CardPart(one.Symbol, one.Count, one.Times[0], one.Times[^1]))],
            examples,
            origin.Licence
        );
    }

    private static Dictionary<string, double?> MetricsOf(PatternRecipe recipe, PatternReport report)
    {
        var metrics = new Dictionary<string, double?>
        {
            ["accuracy"] = report.Score.Accuracy,
            ["macro_f1"] = report.Score.MacroF1,
            ["majority_accuracy"] = report.Majority.Accuracy,
            ["majority_macro_f1"] = report.Majority.MacroF1,
            ["p_by_chance"] = report.ByChance,
            ["temperature"] = report.Temperature,
            ["calibration_error"] = report.CalibrationError,
            ["calibration_error_before"] = report.CalibrationErrorBefore,
            [$"after_{report.After.Bars}_bars_windows"] = report.After.Windows,
            [$"after_{report.After.Bars}_bars_hits"] = report.After.Hits,
            [$"after_{report.After.Bars}_bars_move_bps"] = report.After.MoveBps,
            ["best_step"] = report.BestStep,
        };
        foreach (var (number, one) in recipe.Classes.Index())
        {
            metrics[$"f1_{one.Name}"] = report.Score.F1[number];
        }

        // Rows of the confusion matrix: of the windows of a class, how many were said to be of each.
        foreach (var (actual, row) in report.Confusion.Index())
        {
            foreach (var (said, count) in row.Index())
            {
                metrics[$"{recipe.Classes[actual].Name}_said_{recipe.Classes[said].Name}"] = count;
            }
        }

        return metrics;
    }

    private static CardVerdict VerdictOf(PatternReport report) =>
        new(
            report.Score.MacroF1 > report.Majority.MacroF1 && report.ByChance <= ModelVerdict.UsualSignificance,
            string.Create(
                CultureInfo.InvariantCulture,
                $"accuracy {report.Score.Accuracy:0.000} and macro F1 {report.Score.MacroF1:0.000} beside {report.Majority.Accuracy:0.000} and {report.Majority.MacroF1:0.000} of the most frequent class; by chance so much has a probability of {ModelVerdict.Words(report.ByChance)}"
            )
        );

    private static string VersionOf(IReadOnlyList<LabelledBars> series)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = new byte[sizeof(long)];
        foreach (var one in series)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{one.Symbol}\0"));
            for (var bar = 0; bar < one.Count; bar++)
            {
                Append(one.Times[bar].UtcTicks);
                Append(one.Classes[bar]);
                foreach (var column in new[] { one.Open, one.High, one.Low, one.Close, one.Volume })
                {
                    Append(BitConverter.DoubleToInt64Bits(column[bar]));
                }
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            hash.AppendData(number);
        }
    }
}
