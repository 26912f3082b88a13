using AITrader.Learning.Datasets;
using AITrader.Learning.Gradients;
using AITrader.Learning.Training;

namespace AITrader.Learning.Forecasting;

/// <summary>Draws batches from a dataset, and judges forecasts of its parts.</summary>
/// <remarks>
/// An error counts in units of what the last price errs by in the training part of its instrument. The loss is the pseudo-Huber one,
/// 2 (√(1 + e²) - 1): squares of small errors, since trade by trade most prices do not move and the median of all would be the last price
/// again; distances of large ones, since a few jumps would else be all that is learned. Source: Charbonnier and others (1997).
/// </remarks>
public sealed class DatasetExamples
{
    private const string History = "history";
    private const string Actual = "actual";
    private const string Scale = "scale";

    // A price that never moves has an error all the same: what floating point cannot tell apart.
    private const double Least = 1e-7;

    private readonly Dataset _dataset;
    private readonly float[] _scales;

    /// <summary>Examples of a dataset.</summary>
    public DatasetExamples(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _dataset = dataset;
        _scales = new float[dataset.Series.Count];
        var training = dataset[DatasetPart.Training].ToLookup(static example => example.Series);
        for (var i = 0; i < _scales.Length; i++)
        {
            _scales[i] = (float)Math.Max(PersistenceError(training[i]), Least * dataset.Series[i].Values[0]);
        }
    }

    /// <summary>What the last price errs by in the training part of an instrument: root of the mean square over all steps.</summary>
    public double ScaleOf(int series) => _scales[series];

    /// <summary>Defines inputs and loss of a forecaster.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="forecast">Defines the forecaster: [batch, window] to [batch, horizon].</param>
    public Variable Loss(DifferentiableGraph graph, Func<DifferentiableGraph, Variable, Variable> forecast)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(forecast);
        var history = graph.Input(History, Shape.Of(Shape.Batch, _dataset.Settings.Window));
        var actual = graph.Input(Actual, Shape.Of(Shape.Batch, _dataset.Settings.Horizon));
        var scale = graph.Input(Scale, Shape.Of(Shape.Batch, 1));
        var error = graph.Quotient(graph.Difference(forecast(graph, history), actual), scale);
        var size = graph.SquareRoot(graph.Shift(graph.Product(error, error), 1));
        return graph.Scale(graph.Shift(graph.Mean(size), -1), 2);
    }

    /// <summary>Draws a batch of the training part, every example with equal chances.</summary>
    public void Fill(Batch batch, Random random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(random);
        var examples = _dataset[DatasetPart.Training];
        for (var row = 0; row < batch.Rows; row++)
        {
            var example = examples[random.Next(examples.Count)];
            _dataset.CopyWindow(example, batch.Row(History, row));
            _dataset.CopyLabel(example, batch.Row(Actual, row));
            batch.Row(Scale, row)[0] = _scales[example.Series];
        }
    }

    /// <summary>Windows of examples: [examples, window].</summary>
    public float[] Windows(IReadOnlyList<Example> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var window = _dataset.Settings.Window;
        var windows = new float[examples.Count * window];
        for (var i = 0; i < examples.Count; i++)
        {
            _dataset.CopyWindow(examples[i], windows.AsSpan(i * window, window));
        }

        return windows;
    }

    /// <summary>Loss of forecasts, the same as <see cref="Loss"/> defines.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="forecasts">[examples, horizon].</param>
    public double LossOf(IReadOnlyList<Example> examples, ReadOnlySpan<float> forecasts)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var horizon = _dataset.Settings.Horizon;
        var sum = 0.0;
        for (var i = 0; i < examples.Count; i++)
        {
            var actual = _dataset.Series[examples[i].Series].Values;
            for (var step = 0; step < horizon; step++)
            {
                var error = (forecasts[(i * horizon) + step] - actual[examples[i].Start + step]) / _scales[examples[i].Series];
                sum += 2 * (Math.Sqrt(1 + (error * error)) - 1);
            }
        }

        return sum / Math.Max(1, examples.Count * horizon);
    }

    private double PersistenceError(IEnumerable<Example> examples)
    {
        var (sum, count) = (0.0, 0);
        foreach (var example in examples)
        {
            var values = _dataset.Series[example.Series].Values;
            for (var step = 0; step < _dataset.Settings.Horizon; step++)
            {
                var error = values[example.Start + step] - values[example.Start - 1];
                sum += error * error;
            }

            count += _dataset.Settings.Horizon;
        }

        return count > 0 ? Math.Sqrt(sum / count) : 0;
    }
}
