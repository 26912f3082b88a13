using AITrader.Domain.Signals;
using AITrader.Learning.Gradients;
using AITrader.Learning.Models;
using AITrader.Learning.Training;

namespace AITrader.Learning.Patterns;

/// <summary>Windows of bars with the class of what ends with them: batches to train with, and all of a part to judge by.</summary>
internal sealed class PatternExamples
{
    private const string Bars = "bars";
    private const string Targets = "targets";
    private const int Ahead = 8;
    private const double BpsPerUnit = 10_000;

    private readonly IReadOnlyList<LabelledBars> _series;
    private readonly PatternRecipe _recipe;
    private readonly int[][] _byClass;
    private readonly float[] _weights;

    /// <summary>Examples of a part.</summary>
    /// <param name="series">The bars.</param>
    /// <param name="recipe">Number of bars of a window, and of classes.</param>
    /// <param name="ends">Series and index of the last bar of each window.</param>
    public PatternExamples(IReadOnlyList<LabelledBars> series, PatternRecipe recipe, IReadOnlyList<(int Series, int Bar)> ends)
    {
        (_series, _recipe, Ends) = (series, recipe, ends);
        Labels = [.. ends.Select(end => series[end.Series].Classes[end.Bar])];
        _byClass =
        [
            .. Enumerable
                .Range(0, recipe.Classes.Count)
                .Select(one => Enumerable.Range(0, ends.Count).Where(i => Labels[i] == one).ToArray()),
        ];
        _weights = WeightsOf();
    }

    public IReadOnlyList<(int Series, int Bar)> Ends { get; }

    public IReadOnlyList<int> Labels { get; }

    public int Count => Ends.Count;

    /// <summary>Examples of each class.</summary>
    public IReadOnlyList<int> Counts => [.. _byClass.Select(static one => one.Length)];

    /// <summary>Defines inputs and scores of the model.</summary>
    public static Variable Scores(DifferentiableGraph graph, PatternRecipe recipe)
    {
        var options = recipe.Model;
        return PatternClassifier.Scores(graph, options, graph.Input(Bars, Shape.Of(Shape.Batch, options.Channels, options.Bars)));
    }

    /// <summary>Defines inputs and loss of the model.</summary>
    public static Variable Loss(DifferentiableGraph graph, PatternRecipe recipe) =>
        graph.CrossEntropy(Scores(graph, recipe), graph.Input(Targets, Shape.Of(Shape.Batch, recipe.Classes.Count)));

    /// <summary>Draws a batch, every class that there is with equal chances; what that changes of how often each is seen, the weights
    /// take back in part.</summary>
    public void Draw(Batch batch, Random random)
    {
        batch.Numbers(Targets).Clear();
        for (var row = 0; row < batch.Rows; row++)
        {
            int[] drawn;
            do
            {
                drawn = _byClass[random.Next(_byClass.Length)];
            } while (drawn.Length == 0);

            var index = drawn[random.Next(drawn.Length)];
            Fill(batch.Row(Bars, row), index);
            batch.Row(Targets, row)[Labels[index]] = _weights[Labels[index]];
        }
    }

    /// <summary>Fills a batch with all examples.</summary>
    public void FillAll(Batch batch)
    {
        for (var row = 0; row < Count; row++)
        {
            Fill(batch.Row(Bars, row), row);
        }
    }

    /// <summary>What prices did after what was said of each example; those too near the end of the bars do not count.</summary>
    public FollowThrough After(IReadOnlyList<int> said)
    {
        var (windows, hits, moved) = (0, 0, 0.0);
        for (var row = 0; row < Count; row++)
        {
            var (number, last) = Ends[row];
            var sign = SignOf(_recipe.Classes[said[row]].Direction);
            if (sign == 0 || last + Ahead >= _series[number].Count)
            {
                continue;
            }

            var move = sign * ((_series[number].Close[last + Ahead] / _series[number].Close[last]) - 1) * BpsPerUnit;
            windows += move == 0 ? 0 : 1;
            hits += move > 0 ? 1 : 0;
            moved += move;
        }

        return windows == 0
            ? new FollowThrough(Ahead, 0, null, null)
            : new FollowThrough(Ahead, windows, (double)hits / windows, moved / windows);
    }

    private static int SignOf(SignalDirection direction) =>
        direction switch
        {
            SignalDirection.Bullish => 1,
            SignalDirection.Bearish => -1,
            _ => 0,
        };

    private void Fill(Span<float> to, int index)
    {
        var (number, last) = Ends[index];
        var series = _series[number];
        IReadOnlyList<double>[] columns = [series.Open, series.High, series.Low, series.Close, series.Volume];
        for (var column = 0; column < columns.Length; column++)
        {
            for (var i = 0; i < _recipe.Bars; i++)
            {
                to[(column * _recipe.Bars) + i] = (float)columns[column][last - _recipe.Bars + 1 + i];
            }
        }
    }

    // Drawn alike, each class would count alike; by the root of its share a frequent one counts more, so that probabilities are not far off
    // before they are calibrated.
    private float[] WeightsOf()
    {
        var there = _byClass.Count(static one => one.Length > 0);
        var roots = Array.ConvertAll(_byClass, one => MathF.Sqrt((float)one.Length / Math.Max(1, Ends.Count)));
        var mean = roots.Sum() / Math.Max(1, there);
        return Array.ConvertAll(roots, root => root / mean);
    }
}
