using AITrader.Learning.Gradients;
using AITrader.Learning.Models;
using AITrader.Learning.Training;
using AITrader.Texts.Tokens;

namespace AITrader.Learning.Sentiment;

/// <summary>Texts as rows of pieces, and batches of them.</summary>
internal sealed class SentimentExamples
{
    public const string Pieces = "pieces";
    public const string Counts = "counts";
    public const string Targets = "targets";
    public const int Classes = 3;

    private readonly WordPieceTokenizer _tokenizer;
    private readonly SentimentOptions _options;
    private readonly long[][] _texts;
    private readonly int[] _labels;
    private readonly float[] _weights;

    public SentimentExamples(IReadOnlyList<SentimentRow> rows, WordPieceTokenizer tokenizer, SentimentOptions options)
    {
        (_tokenizer, _options) = (tokenizer, options);
        _texts = [.. rows.Select(row => tokenizer.Tokenize(row.Text, options.Length - 2).Pieces)];
        _labels = [.. rows.Select(static row => (int)row.Label)];
        _weights = WeightsOf(_labels);
    }

    public int Count => _texts.Length;

    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Defines the loss of a model.</summary>
    public static Variable Loss(DifferentiableGraph graph, TextClassifierOptions model)
    {
        var targets = graph.Input(Targets, Shape.Of(Shape.Batch, Classes));
        return graph.CrossEntropy(Scores(graph, model), targets);
    }

    /// <summary>Defines inputs and scores of a model.</summary>
    public static Variable Scores(DifferentiableGraph graph, TextClassifierOptions model)
    {
        var pieces = graph.Indices(Pieces, Shape.Of(Shape.Batch, model.Length));
        return TextClassifier.Scores(graph, model, pieces, graph.Input(Counts, Shape.Of(Shape.Batch, model.Length)));
    }

    /// <summary>Draws a batch; a part of each text's pieces is unknown.</summary>
    public void Draw(Batch batch, Random random)
    {
        batch.Numbers(Targets).Clear();
        for (var row = 0; row < batch.Rows; row++)
        {
            var index = random.Next(Count);
            Fill(batch, row, index, () => random.NextDouble() < _options.Dropped);
            batch.Row(Targets, row)[_labels[index]] = _weights[_labels[index]];
        }
    }

    /// <summary>Fills a batch with all texts, whole.</summary>
    public void FillAll(Batch batch)
    {
        for (var row = 0; row < Count; row++)
        {
            Fill(batch, row, row, static () => false);
        }
    }

    private void Fill(Batch batch, int row, int index, Func<bool> isDropped)
    {
        var text = _texts[index];
        var pieces = batch.Indices(Pieces).Slice(row * _options.Length, _options.Length);
        var counts = batch.Row(Counts, row);
        pieces.Fill(_tokenizer.Padding);
        counts.Clear();
        counts[..(text.Length + 2)].Fill(1);
        pieces[0] = _tokenizer.Opening;
        for (var i = 0; i < text.Length; i++)
        {
            pieces[i + 1] = isDropped() ? _tokenizer.Unknown : text[i];
        }

        pieces[text.Length + 1] = _tokenizer.Closing;
    }

    // By the root of how rare a class is: rare ones count more, and not so much more that a few rows decide.
    private static float[] WeightsOf(int[] labels)
    {
        var weights = new float[Classes];
        for (var label = 0; label < Classes; label++)
        {
            var count = labels.Count(one => one == label);
            weights[label] = count == 0 ? 0 : MathF.Sqrt((float)labels.Length / (Classes * count));
        }

        return weights;
    }
}
