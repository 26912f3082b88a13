using AITrader.Learning.Evaluation;
using AITrader.Learning.Training;

namespace AITrader.Learning.Patterns;

/// <summary>A classifier that was trained, and what came of it.</summary>
/// <param name="Model">The bytes of its <c>.onnx</c> file (<see cref="ServedPatterns"/>).</param>
/// <param name="Report">How good it is.</param>
public sealed record TrainedPatterns(byte[] Model, PatternReport Report);

/// <summary>Trains a classifier of patterns as a recipe says, and judges it.</summary>
/// <param name="recipe">How.</param>
/// <param name="threads">Processors that it may take.</param>
public sealed class PatternTraining(PatternRecipe recipe, int threads)
{
    /// <summary>File that a training goes on from after a crash; null to keep none. It is deleted at the end.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Trains with the oldest part of some bars, chooses and calibrates by the next, and judges by the newest.</summary>
    /// <exception cref="ArgumentException">The recipe contradicts itself, a bar cannot be, or a part has no window.</exception>
    /// <exception cref="DivergedException">The loss is no number any more.</exception>
    public TrainedPatterns Run(IReadOnlyList<LabelledBars> series, IProgress<TrainingProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(series);
        recipe.Require();
        foreach (var one in series)
        {
            one.Require(recipe.Classes.Count);
        }

        var parts = PatternSplit.Of(series, recipe);
        var (training, validation, test) = (Examples(parts[0]), Examples(parts[1]), Examples(parts[2]));
        using var judge = Scorer(validation);
        var trainer = new Trainer("patterns", graph => PatternExamples.Loss(graph, recipe), recipe.Training(threads))
        {
            Saved = Checkpoint is { } file ? checkpoint => CheckpointFile.Write(file, checkpoint) : null,
        };
        var model = trainer.Train(
            training.Draw,
            weights => Calibration.Loss(judge.Score(weights), validation.Labels, recipe.Classes.Count, 1),
            Checkpoint is { } kept ? CheckpointFile.Read(kept, judge.WeightCount) : null,
            progress,
            ct
        );
        if (Checkpoint is { } done)
        {
            File.Delete(done);
        }

        var temperature = Calibration.Temperature(judge.Score(model.Weights), validation.Labels, recipe.Classes.Count);
        return new TrainedPatterns(
            ServedPatterns.Build(recipe, model.Weights, temperature),
            ReportOf(training, validation, test, model, temperature)
        );

        PatternExamples Examples(IReadOnlyList<(int Series, int Bar)> ends) => new(series, recipe, ends);
    }

    private ModelScorer Scorer(PatternExamples examples) =>
        new(graph => PatternExamples.Scores(graph, recipe), examples.Count, recipe.Classes.Count, examples.FillAll, threads);

    private PatternReport ReportOf(
        PatternExamples training,
        PatternExamples validation,
        PatternExamples test,
        TrainedModel model,
        double temperature
    )
    {
        var classes = recipe.Classes.Count;
        using var scorer = Scorer(test);
        var scores = scorer.Score(model.Weights).ToArray();
        int[] said = [.. Enumerable.Range(0, test.Count).Select(row => BestOf(scores.AsSpan(row * classes, classes)))];
        var most = training.Counts.Index().MaxBy(static one => one.Item).Index;
        return new PatternReport(
            training.Counts,
            validation.Count,
            test.Count,
            model.Step,
            model.Weights.Length,
            ClassificationScore.Of(test.Labels, said, classes),
            ClassificationScore.Of(test.Labels, [.. Enumerable.Repeat(most, test.Count)], classes),
            McNemar.FirstIsBetterP(
                [.. said.Select((one, row) => one == test.Labels[row])],
                [.. test.Labels.Select(label => label == most)]
            ),
            ConfusionOf(test.Labels, said, classes),
            temperature,
            Calibration.ExpectedError(scores, test.Labels, classes, temperature),
            Calibration.ExpectedError(scores, test.Labels, classes, 1),
            test.After(said)
        );
    }

    private static int BestOf(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }

    private static int[][] ConfusionOf(IReadOnlyList<int> actual, int[] said, int classes)
    {
        int[][] table = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        for (var row = 0; row < said.Length; row++)
        {
            table[actual[row]][said[row]]++;
        }

        return table;
    }
}
