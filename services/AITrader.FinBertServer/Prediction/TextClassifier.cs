using AITrader.FinBertServer.Models;
using AITrader.Texts.Windows;

namespace AITrader.FinBertServer.Prediction;

/// <summary>Predictions, and how long the model took for them.</summary>
internal sealed record ClassifiedTexts(IReadOnlyList<TextPrediction> Predictions, TimeSpan Queue, TimeSpan Compute);

/// <summary>Classifies texts: cuts them into windows, runs those of about the same length together, and averages by words.</summary>
internal static class TextClassifier
{
    // Pieces of one run at most: 4 windows of 512 need some 100 MB for a BERT.
    private const int PiecesAtOnce = 2_048;

    public static async Task<ClassifiedTexts> ClassifyAsync(
        this TextModel model,
        IReadOnlyList<string> texts,
        CancellationToken cancellationToken
    )
    {
        var cut = texts.Select(text => model.Tokenizer.Cut(text, model.Windows)).ToArray();
        var windows = cut.SelectMany(static (text, index) => text.Windows.Select(window => (Text: index, Window: window))).ToArray();
        var sums = new double[texts.Count, LabelOrder.Count];
        var (queue, compute) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var together in Groups(model, windows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var run = await model.RunAsync([.. together.Select(static part => part.Window.Pieces)], cancellationToken);
            (queue, compute) = (queue + run.Queue, compute + run.Compute);
            for (var i = 0; i < together.Count; i++)
            {
                Add(sums, together[i].Text, together[i].Window.Weight, run.Numbers.AsSpan(i * LabelOrder.Count, LabelOrder.Count));
            }
        }

        return new ClassifiedTexts([.. cut.Select((text, index) => Prediction(model.Labels, text, sums, index))], queue, compute);
    }

    // Short ones with short ones: what fills a row up costs as much as what it says.
    private static IEnumerable<List<(int Text, TextWindow Window)>> Groups(TextModel model, (int Text, TextWindow Window)[] windows)
    {
        var group = new List<(int Text, TextWindow Window)>();
        foreach (var part in windows.OrderBy(static part => part.Window.Pieces.Length))
        {
            var length = model.FixedLength ?? part.Window.Pieces.Length;
            if (group.Count > 0 && (group.Count + 1) * length > PiecesAtOnce)
            {
                yield return group;
                group = [];
            }

            group.Add(part);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    // Probabilities of a window: e to the power of its numbers, by their sum; the greatest one is taken off so that no power is infinite.
    private static void Add(double[,] sums, int text, int weight, ReadOnlySpan<float> logits)
    {
        var greatest = Math.Max(logits[0], Math.Max(logits[1], logits[2]));
        var total = 0.0;
        foreach (var logit in logits)
        {
            total += Math.Exp(logit - greatest);
        }

        for (var label = 0; label < logits.Length; label++)
        {
            sums[text, label] += weight * Math.Exp(logits[label] - greatest) / total;
        }
    }

    private static TextPrediction Prediction(LabelOrder labels, WindowedText text, double[,] sums, int index)
    {
        double weight = text.Windows.Sum(static window => window.Weight);
        var scores = new LabelScores(
            sums[index, labels.Positive] / weight,
            sums[index, labels.Negative] / weight,
            sums[index, labels.Neutral] / weight
        );
        return new TextPrediction(scores.Best, scores, text.Windows.Count, text.IsTruncated);
    }
}
