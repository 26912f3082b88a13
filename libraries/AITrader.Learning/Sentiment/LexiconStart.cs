using AITrader.Learning.Gradients;
using AITrader.Learning.Models;

namespace AITrader.Learning.Sentiment;

/// <summary>Weights that begin as the lexicon: a model of a few hundred texts does not have to learn what the words for rising and falling
/// mean.</summary>
internal static class LexiconStart
{
    // The first value of a piece says good, the second bad; a word that says either counts many times as much as one that does not.
    private const float Say = 5;
    private const float Score = 4;
    private const float NothingSaid = 1.2f;

    // What attention adds at first: little, so that it does not drown the lexicon.
    private const float Beginning = 0.1f;

    public static float[] Of(TextClassifierOptions model, IReadOnlyList<string> vocabulary, int seed)
    {
        var graph = DifferentiableGraph.ToTrain("start");
        SentimentExamples.Scores(graph, model);
        var weights = graph.Begin(seed);
        foreach (
            var parameter in graph.Parameters.Where(static one =>
                one.Name.EndsWith(".seen", StringComparison.Ordinal) || one.Name.EndsWith(".down", StringComparison.Ordinal)
            )
        )
        {
            foreach (ref var weight in weights.AsSpan(parameter.Offset, parameter.Count))
            {
                weight *= Beginning;
            }
        }

        var table = Part("pieces");
        for (var piece = 0; piece < vocabulary.Count; piece++)
        {
            var value = FinanceLexicon.ValueOf(vocabulary[piece]);
            if (value != 0)
            {
                weights[table + (piece * model.Width) + (value > 0 ? 0 : 1)] += 1;
            }
        }

        weights[Part("says")] += Say;
        weights[Part("says") + 1] += Say;
        weights[Part("scores") + (int)SentimentLabel.Positive] += Score;
        weights[Part("scores") + SentimentExamples.Classes + (int)SentimentLabel.Negative] += Score;
        weights[Part("scores.offset") + (int)SentimentLabel.Neutral] += NothingSaid;
        return weights;

        int Part(string name) => graph.Parameters.Single(one => one.Name == model.Prefix + name).Offset;
    }
}
