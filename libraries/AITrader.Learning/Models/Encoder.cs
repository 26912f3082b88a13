using AITrader.Learning.Gradients;

namespace AITrader.Learning.Models;

/// <summary>The layer that transformers are made of, normalised before each part.</summary>
internal static class Encoder
{
    /// <summary>Attention, then two dense layers; each adds to what it takes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Begins the names of its weights.</param>
    /// <param name="values">[batch, places, width].</param>
    /// <param name="heads">Heads of attention; the width is a multiple of it.</param>
    /// <param name="hidden">[batch, 1, 1, places]: added to the scores of places; null where all of them are seen.</param>
    public static Variable EncoderLayer(this DifferentiableGraph graph, string name, Variable values, int heads, Variable? hidden = null)
    {
        var seen = graph.Sum(values, Attention(graph, name, graph.Normalised($"{name}.before", values), heads, hidden));
        return graph.Sum(seen, Feed(graph, name, graph.Normalised($"{name}.between", seen)));
    }

    private static Variable Feed(DifferentiableGraph graph, string name, Variable of) =>
        graph.Dense($"{name}.down", graph.Rectified(graph.Dense($"{name}.up", of, 2 * (int)of.Shape[-1])), (int)of.Shape[-1]);

    private static Variable Attention(DifferentiableGraph graph, string name, Variable of, int heads, Variable? hidden)
    {
        var (places, width) = (of.Shape[1], (int)of.Shape[2]);
        var each = width / heads;
        var asked = Heads(graph.Dense($"{name}.asked", of, width));
        var offered = Heads(graph.Dense($"{name}.offered", of, width));
        var given = Heads(graph.Dense($"{name}.given", of, width));
        var scores = graph.Scale(graph.MatrixProduct(asked, graph.Transpose(offered, 0, 1, 3, 2)), 1 / Math.Sqrt(each));
        var shares = graph.Shares(hidden is null ? scores : graph.Sum(scores, hidden));
        var seen = graph.Transpose(graph.MatrixProduct(shares, given), 0, 2, 1, 3);
        return graph.Dense($"{name}.seen", graph.Reshape(seen, of.Shape), width);

        // [batch, places, width] to [batch, heads, places, width of a head].
        Variable Heads(Variable all) => graph.Transpose(graph.Reshape(all, Shape.Of(Shape.Batch, places, heads, each)), 0, 2, 1, 3);
    }
}
