using AITrader.Learning.Evaluation;
using AITrader.Learning.Sentiment;
using AITrader.Registry.Shelves;
using AITrader.TestSupport;
using AITrader.Texts.Tokens;
using AITrader.Texts.Vocabularies;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Tests.Sentiment;

/// <summary>The model of the repository, held to its card.</summary>
public sealed class ShippedSentimentTests
{
    private const int Length = 64;

    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "models", "sentiment-small");

    private static readonly SentimentSplit Split = SentimentSplit.Of(
        SentimentFile.Read(SharedData.Require("sentiment-twitter/twitter_financial_news_dev.csv")),
        seed: 1
    );

    [Fact]
    public void Its_vocabulary_is_made_of_the_training_rows_alone() =>
        Assert.Equal(
            VocabularyBuilder.Build(Split.Training.Select(static row => row.Text), FinanceLexicon.Words, new SentimentOptions().Vocabulary),
            File.ReadAllLines(Path.Combine(Folder, "1", "vocab.txt"))
        );

    [Fact]
    public void It_judges_the_held_out_rows_as_its_card_says_and_better_than_the_lexicon()
    {
        var metrics = new ModelShelf(Path.GetDirectoryName(Folder)!).CardOf("sentiment-small", 1)!.Metrics;
        var actual = Split.HeldOut.Select(static row => (int)row.Label).ToList();
        var score = ClassificationScore.Of(actual, Said(), 3);
        Assert.Equal(metrics["bag_of_words_accuracy"]!.Value, score.Accuracy, 0.005);
        Assert.Equal(metrics["bag_of_words_macro_f1"]!.Value, score.MacroF1, 0.005);

        var lexicon = ClassificationScore.Of(actual, [.. Split.HeldOut.Select(static row => (int)FinanceLexicon.Judge(row.Text))], 3);
        Assert.Equal((metrics["lexicon_accuracy"], metrics["lexicon_macro_f1"]), (lexicon.Accuracy, lexicon.MacroF1));
        Assert.True(score.MacroF1 > lexicon.MacroF1 && score.Accuracy > lexicon.Accuracy);
    }

    private static List<int> Said()
    {
        var tokenizer = WordPieceTokenizer.Read(Path.Combine(Folder, "1", "vocab.txt"));
        using var session = new InferenceSession(Path.Combine(Folder, "1", "model.onnx"));
        using var run = new RunOptions();
        var rows = Split.HeldOut.Count;
        var (ids, mask) = (new long[rows * Length], new long[rows * Length]);
        Array.Fill(ids, tokenizer.Padding);
        for (var row = 0; row < rows; row++)
        {
            long[] pieces = [tokenizer.Opening, .. tokenizer.Tokenize(Split.HeldOut[row].Text, Length - 2).Pieces, tokenizer.Closing];
            pieces.CopyTo(ids, row * Length);
            Array.Fill(mask, 1, row * Length, pieces.Length);
        }

        using var idValues = OrtValue.CreateTensorValueFromMemory(ids, [rows, Length]);
        using var maskValues = OrtValue.CreateTensorValueFromMemory(mask, [rows, Length]);
        using var answer = session.Run(run, ["input_ids", "attention_mask"], [idValues, maskValues], ["logits"]);
        var logits = answer[0].GetTensorDataAsSpan<float>().ToArray();
        return [.. logits.Chunk(3).Select(static row => Array.IndexOf(row, row.Max()))];
    }
}
