using AITrader.Learning.Evaluation;
using AITrader.Learning.Models;
using AITrader.Learning.Training;
using AITrader.Texts.Tokens;
using AITrader.Texts.Vocabularies;

namespace AITrader.Learning.Sentiment;

/// <summary>Trains a small sentiment model of texts that somebody has judged: a transformer and a bag of words, each of which begins as the
/// lexicon; what is kept is the one that says more of the validation rows right, by macro F1.</summary>
/// <remarks>The same rows, options and machine give the same files.</remarks>
public static class SentimentTraining
{
    private const string Transformer = "transformer";
    private const string BagOfWords = "bag of words";

    // Below it there is nothing to learn from, or to judge by.
    private const int LeastRows = 30;

    /// <summary>Trains and judges.</summary>
    /// <param name="rows">Texts with labels of all three kinds.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="progress">Takes reports.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ArgumentException">There are too few rows, or a part of them lacks a kind of label.</exception>
    /// <exception cref="DivergedException">A loss is no number any more.</exception>
    public static Task<SentimentModel> RunAsync(
        IReadOnlyList<SentimentRow> rows,
        SentimentOptions options,
        IProgress<SentimentProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(() => Run(rows, options, progress, ct), ct);
    }

    private static SentimentModel Run(
        IReadOnlyList<SentimentRow> rows,
        SentimentOptions options,
        IProgress<SentimentProgress>? progress,
        CancellationToken ct
    )
    {
        var split = SentimentSplit.Of(rows, options.Seed);
        Check(split);
        var desk = new Desk(split, options, progress, ct);
        Candidate[] candidates =
        [
            .. new[]
            {
                desk.Train(Transformer, options.Layers, options.TransformerRate),
                desk.Train(BagOfWords, 0, options.Rate),
            }.OrderByDescending(static candidate => candidate.Result.Validation!.MacroF1),
        ];
        SentimentResult[] baselines = [Majority(split), Lexicon(split)];
        return new SentimentModel(
            ServedSentiment.Build(candidates[0].Model, candidates[0].Members),
            SentimentFiles.Of(candidates[0].Model, desk.Vocabulary),
            options.Length,
            split,
            baselines,
            [.. candidates.Select(static candidate => candidate.Result)]
        );
    }

    private static void Check(SentimentSplit split)
    {
        foreach (
            var (name, part) in new[] { ("train with", split.Training), ("validate with", split.Validation), ("judge by", split.HeldOut) }
        )
        {
            var kinds = part.Select(static row => row.Label).Distinct().Count();
            if (kinds < SentimentExamples.Classes || (part == split.Training && part.Count < LeastRows))
            {
                throw new ArgumentException(
                    $"{part.Count} rows with {kinds} kinds of labels are left to {name}: give more rows, at least {LeastRows * 10}, of all kinds."
                );
            }
        }
    }

    private static SentimentResult Majority(SentimentSplit split)
    {
        var most = split.Training.CountBy(static row => row.Label).MaxBy(static label => label.Value).Key;
        return Judged("most frequent class", split.HeldOut, _ => most);
    }

    private static SentimentResult Lexicon(SentimentSplit split) =>
        Judged("lexicon", split.HeldOut, static row => FinanceLexicon.Judge(row.Text));

    private static SentimentResult Judged(string name, IReadOnlyList<SentimentRow> rows, Func<SentimentRow, SentimentLabel> judge) =>
        ResultOf(name, validation: null, [.. rows.Select(static row => (int)row.Label)], [.. rows.Select(row => (int)judge(row))]);

    private static SentimentResult ResultOf(string name, ClassificationScore? validation, IReadOnlyList<int> actual, int[] said) =>
        new(
            name,
            validation,
            ClassificationScore.Of(actual, said, SentimentExamples.Classes),
            [.. said.Select((one, row) => one == actual[row])]
        );

    private sealed record Candidate(TextClassifierOptions Model, IReadOnlyList<float[]> Members, SentimentResult Result);

    private sealed class Desk
    {
        private readonly SentimentOptions _options;
        private readonly IProgress<SentimentProgress>? _progress;
        private readonly CancellationToken _ct;
        private readonly SentimentExamples _training;
        private readonly SentimentExamples _validation;
        private readonly SentimentExamples _heldOut;

        public Desk(SentimentSplit split, SentimentOptions options, IProgress<SentimentProgress>? progress, CancellationToken ct)
        {
            (_options, _progress, _ct) = (options, progress, ct);
            Vocabulary = VocabularyBuilder.Build(split.Training.Select(static row => row.Text), FinanceLexicon.Words, options.Vocabulary);
            var tokenizer = WordPieceTokenizer.Of(Vocabulary);
            _training = new SentimentExamples(split.Training, tokenizer, options);
            _validation = new SentimentExamples(split.Validation, tokenizer, options);
            _heldOut = new SentimentExamples(split.HeldOut, tokenizer, options);
        }

        public IReadOnlyList<string> Vocabulary { get; }

        public Candidate Train(string name, int layers, double rate)
        {
            var model = new TextClassifierOptions(Vocabulary.Count, _options.Length, SentimentExamples.Classes)
            {
                Width = _options.Width,
                Layers = layers,
            };
            using var scorer = ScorerOf(model, _validation);
            var members = new List<float[]>();
            for (var member = 0; member < _options.Members; member++)
            {
                members.Add(Train(name, model, scorer, rate, member));
            }

            using var judge = ScorerOf(model, _heldOut);
            return new Candidate(
                model,
                members,
                ResultOf(name, Score(scorer, members, _validation), _heldOut.Labels, Said(judge, members))
            );
        }

        private float[] Train(string name, TextClassifierOptions model, ModelScorer scorer, double rate, int member)
        {
            var options = new TrainerOptions(new Schedule(rate, _options.Steps))
            {
                Seed = _options.Seed + member,
                Rows = _options.Rows,
                Decay = _options.Decay,
                ValidateEvery = _options.ValidateEvery,
                Patience = _options.Patience,
                Threads = _options.Threads,
            };
            var trainer = new Trainer(name, graph => SentimentExamples.Loss(graph, model), options)
            {
                Saved = saved => _progress?.Report(new SentimentProgress(name, member + 1, saved.State.Step, saved.Best)),
            };
            var start = LexiconStart.Of(model, Vocabulary, options.Seed);
            var from = new Checkpoint(TrainingState.Begin(start), start, Validate(start), BestStep: 0, Misses: 0);
            return trainer.Train(_training.Draw, Validate, from, progress: null, _ct).Weights;

            double Validate(float[] weights) => SentimentScores.Loss(scorer.Score(weights).ToArray(), _validation.Labels);
        }

        private static ModelScorer ScorerOf(TextClassifierOptions model, SentimentExamples examples) =>
            new(graph => SentimentExamples.Scores(graph, model), examples.Count, SentimentExamples.Classes, examples.FillAll);

        private static ClassificationScore Score(ModelScorer scorer, List<float[]> members, SentimentExamples examples) =>
            ClassificationScore.Of(examples.Labels, Said(scorer, members), SentimentExamples.Classes);

        private static int[] Said(ModelScorer scorer, List<float[]> members) =>
            SentimentScores.Said([.. members.Select(member => scorer.Score(member).ToArray())]);
    }
}
