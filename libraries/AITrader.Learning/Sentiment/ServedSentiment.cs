using AITrader.Learning.Gradients;
using AITrader.Learning.Models;

namespace AITrader.Learning.Sentiment;

/// <summary>A trained sentiment model as a file in the layout of published BERT classifiers: inputs <c>input_ids</c> and
/// <c>attention_mask</c> int64 [batch, length], output <c>logits</c> float32 [batch, 3].</summary>
internal static class ServedSentiment
{
    /// <summary>Builds it of several models of one kind: what it says is the mean of the logarithms of their probabilities.</summary>
    public static byte[] Build(TextClassifierOptions model, IReadOnlyList<float[]> members)
    {
        var graph = DifferentiableGraph.ToServe("sentiment", [.. members.SelectMany(static member => member)]);
        var pieces = graph.Indices("input_ids", Shape.Of(Shape.Batch, model.Length));
        var counts = graph.Numbers(graph.Indices("attention_mask", Shape.Of(Shape.Batch, model.Length)));
        Variable? sum = null;
        for (var member = 0; member < members.Count; member++)
        {
            var scores = TextClassifier.Scores(graph, model with { Prefix = $"member{member}." }, pieces, counts);
            var said = graph.LogarithmsOfShares(scores);
            sum = sum is null ? said : graph.Sum(sum, said);
        }

        graph.Output("logits", graph.Scale(sum ?? throw new ArgumentException("There is no model.", nameof(members)), 1.0 / members.Count));
        return graph.Onnx.ToBytes();
    }
}
