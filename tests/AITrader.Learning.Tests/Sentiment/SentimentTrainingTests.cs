using System.Text;
using System.Text.Json;
using AITrader.Learning.Publishing;
using AITrader.Learning.Sentiment;
using AITrader.Registry.Shelves;
using AITrader.Texts.Tokens;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Tests.Sentiment;

public sealed class SentimentTrainingTests
{
    private static readonly SentimentOptions Options = new()
    {
        Vocabulary = 200,
        Length = 16,
        Width = 8,
        Members = 2,
        Steps = 80,
        Rate = 0.01,
        TransformerRate = 0.003,
        Rows = 32,
        Dropped = 0.1,
        ValidateEvery = 20,
    };

    // Words that the lexicon does not know: what is said of them has been learned.
    private static readonly string[] Said = ["glimmers", "wobbles", "meets"];

    [Fact]
    public async Task A_tiny_model_learns_words_is_judged_and_served_as_it_was_trained()
    {
        var reports = new List<SentimentProgress>();
        var model = await SentimentTraining.RunAsync(Rows(), Options, new Reports(reports), TestContext.Current.CancellationToken);
        Assert.Equal(["bag of words", "transformer"], model.Candidates.Select(static one => one.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["most frequent class", "lexicon"], model.Baselines.Select(static one => one.Name));
        Assert.True(model.Best.HeldOut.MacroF1 > 0.9, $"{model.Best}");
        Assert.True(model.Best.HeldOut.MacroF1 > model.Baselines[1].HeldOut.MacroF1);
        Assert.True(model.Candidates[0].Validation!.MacroF1 >= model.Candidates[1].Validation!.MacroF1);
        Assert.Contains(reports, static report => report is { Candidate: "transformer", Member: 2 });

        Assert.Equal(["config.json", "vocab.txt"], model.Files.Keys.Order(StringComparer.Ordinal));
        var right = model.Split.HeldOut.Count(row => Classify(model, row.Text) == (int)row.Label);
        Assert.Equal(model.Best.HeldOut.Accuracy, (double)right / model.Split.HeldOut.Count, 6);
        using var configuration = JsonDocument.Parse(model.Files["config.json"]);
        Assert.Equal("negative", configuration.RootElement.GetProperty("id2label").GetProperty("0").GetString());
        Assert.Equal(right, model.Best.Right.Count(static one => one));
        AssertPublished(model);
    }

    [Fact]
    public async Task The_same_rows_give_the_same_files_whatever_their_order()
    {
        var few = Options with { Steps = 4, Members = 1 };
        var one = await SentimentTraining.RunAsync(Rows(), few, progress: null, TestContext.Current.CancellationToken);
        var other = await SentimentTraining.RunAsync([.. Rows().Reverse()], few, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(one.Graph, other.Graph);
        Assert.All(one.Files, file => Assert.Equal(file.Value, other.Files[file.Key]));
    }

    [Fact]
    public async Task Rows_that_nothing_can_be_learned_from_are_refused()
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() =>
            SentimentTraining.RunAsync(
                [.. Rows().Where(static row => row.Label != SentimentLabel.Negative)],
                Options,
                progress: null,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("2 kinds of labels", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            SentimentTraining.RunAsync([], Options, progress: null, TestContext.Current.CancellationToken)
        );
    }

    private static void AssertPublished(SentimentModel model)
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-sentiment-");
        try
        {
            var origin = new TrainingOrigin(
                "mine",
                ["rows.csv"],
                "./aitrader train sentiment",
                new DateTimeOffset(2026, 1, 1, 0, 0, 0, default)
            );
            var card = SentimentPublisher.Publish(new ModelShelf(folder.FullName), Options, model, origin);
            Assert.True(card.Verdict.GoesLive, card.Verdict.Reason);
            Assert.Equal(model.Best.HeldOut.MacroF1, card.Metrics[$"{model.Best.Name.Replace(' ', '_')}_macro_f1"]);
            Assert.Equal(model.Split.HeldOut.Count, card.Data.Examples["test"]);
            Assert.True(File.Exists(Path.Combine(folder.FullName, "mine", "1", "vocab.txt")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SentimentRow[] Rows()
    {
        var random = new Random(3);
        string[] subjects = ["maker", "bank", "airline", "retailer", "miner", "grocer", "lender", "insurer", "brewer", "carrier"];
        string[] others =
        [
            "analysts",
            "investors",
            "quarter",
            "today",
            "market",
            "guidance",
            "sales",
            "plan",
            "board",
            "chief",
            "unit",
            "deal",
        ];
        return
        [
            .. Enumerable
                .Range(0, 400)
                .Select(i =>
                {
                    var words = Enumerable.Range(0, 5).Select(_ => others[random.Next(others.Length)]);
                    var label = (SentimentLabel)(i % 3);
                    var said = Said[
                        label == SentimentLabel.Positive ? 0
                        : label == SentimentLabel.Negative ? 1
                        : 2
                    ];
                    return new SentimentRow($"{subjects[random.Next(subjects.Length)]} {said} {string.Join(' ', words)}", label);
                })
                .DistinctBy(static row => row.Text),
        ];
    }

    private static int Classify(SentimentModel model, string text)
    {
        var vocabulary = Encoding.UTF8.GetString(model.Files["vocab.txt"]).TrimEnd('\n').Split('\n');
        var tokenizer = WordPieceTokenizer.Of(vocabulary);
        long[] pieces = [tokenizer.Opening, .. tokenizer.Tokenize(text, Options.Length - 2).Pieces, tokenizer.Closing];
        var (ids, mask) = (new long[Options.Length], new long[Options.Length]);
        Array.Fill(ids, tokenizer.Padding);
        pieces.CopyTo(ids, 0);
        Array.Fill(mask, 1, 0, pieces.Length);
        using var session = new InferenceSession(model.Graph);
        using var run = new RunOptions();
        using var idValues = OrtValue.CreateTensorValueFromMemory(ids, [1, Options.Length]);
        using var maskValues = OrtValue.CreateTensorValueFromMemory(mask, [1, Options.Length]);
        using var answer = session.Run(run, ["input_ids", "attention_mask"], [idValues, maskValues], ["logits"]);
        var logits = answer[0].GetTensorDataAsSpan<float>().ToArray();
        return Array.IndexOf(logits, logits.Max());
    }

    private sealed class Reports(List<SentimentProgress> reports) : IProgress<SentimentProgress>
    {
        public void Report(SentimentProgress value) => reports.Add(value);
    }
}
