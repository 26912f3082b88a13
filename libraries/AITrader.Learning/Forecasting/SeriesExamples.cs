using AITrader.Learning.Evaluation;
using AITrader.Learning.Gradients;
using AITrader.Learning.Training;

namespace AITrader.Learning.Forecasting;

/// <summary>What a forecaster is trained to make small.</summary>
public enum TrainingLoss
{
    /// <summary>Symmetric mean absolute percentage error.</summary>
    Smape,

    /// <summary>Mean absolute percentage error.</summary>
    Mape,

    /// <summary>Mean absolute error in units of the series' own naive error.</summary>
    Mase,
}

/// <summary>Windows of many series with what came after them: examples to train a forecaster with.</summary>
/// <remarks>An example is drawn from a series drawn with equal chances, and ends at a moment drawn from its newest part. Windows that begin
/// before the series are filled with zeros; what comes after its end does not count.</remarks>
public sealed class SeriesExamples
{
    private const string History = "history";
    private const string Actual = "actual";
    private const string Counts = "counts";
    private const string Scale = "scale";

    private readonly float[][] _series;
    private readonly float[] _scales;
    private readonly int _newest;
    private readonly int _window;
    private readonly int _horizon;

    /// <summary>Examples from some series.</summary>
    /// <param name="series">Oldest value first; each longer than one horizon.</param>
    /// <param name="window">Values of a window.</param>
    /// <param name="horizon">Values to forecast.</param>
    /// <param name="season">Period of the naive error that MASE is measured in; 1 without a season.</param>
    /// <param name="newest">Number of newest values of each series in which forecasts begin.</param>
    /// <exception cref="ArgumentException">There is no series, or one is too short or has a value that is no number.</exception>
    public SeriesExamples(IReadOnlyList<double[]> series, int window, int horizon, int season, int newest)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(season);
        if (series.Count == 0)
        {
            throw new ArgumentException("There is no series.", nameof(series));
        }

        for (var i = 0; i < series.Count; i++)
        {
            var needed = Math.Max(horizon, season) + 1;
            if (series[i].Length < needed || !series[i].All(double.IsFinite))
            {
                throw new ArgumentException($"Series {i} needs at least {needed} values, all of them numbers.", nameof(series));
            }
        }

        (_window, _horizon, _newest) = (window, horizon, newest);
        _series = [.. series.Select(static values => Array.ConvertAll(values, static value => (float)value))];
        // A series that repeats itself has no scale: its own least number keeps the loss finite.
        _scales = [.. series.Select(values => (float)Math.Max(ForecastErrors.NaiveError(values, season), float.Epsilon))];
    }

    /// <summary>Number of series.</summary>
    public int Count => _series.Length;

    /// <summary>Defines inputs and loss of a forecaster that is trained with these examples.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="forecast">Defines the forecaster: [batch, window] to [batch, horizon].</param>
    public Variable Loss(DifferentiableGraph graph, TrainingLoss loss, Func<DifferentiableGraph, Variable, Variable> forecast)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(forecast);
        var history = graph.Input(History, Shape.Of(Shape.Batch, _window));
        var actual = graph.Input(Actual, Shape.Of(Shape.Batch, _horizon));
        var counts = graph.Input(Counts, Shape.Of(Shape.Batch, _horizon));
        var said = forecast(graph, history);
        return loss switch
        {
            TrainingLoss.Smape => graph.SymmetricPercentageError(said, actual, counts),
            TrainingLoss.Mape => graph.PercentageError(said, actual, counts),
            _ => graph.ScaledError(said, actual, graph.Input(Scale, Shape.Of(Shape.Batch, 1)), counts),
        };
    }

    /// <summary>Draws a batch.</summary>
    public void Fill(Batch batch, Random random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(random);
        for (var row = 0; row < batch.Rows; row++)
        {
            var index = random.Next(_series.Length);
            var series = _series[index];
            var first = Math.Max(1, series.Length - _newest);
            Fill(batch, row, series, random.Next(first, series.Length));
            if (batch.Has(Scale))
            {
                batch.Row(Scale, row)[0] = _scales[index];
            }
        }
    }

    /// <summary>The last window of each series, filled with zeros before its beginning: [series, window].</summary>
    public float[] LastWindows()
    {
        var windows = new float[_series.Length * _window];
        for (var i = 0; i < _series.Length; i++)
        {
            Copy(_series[i], _series[i].Length, windows.AsSpan(i * _window, _window));
        }

        return windows;
    }

    // What is not there weighs nothing; the others weigh so much more that short rows do not count less.
    private void Fill(Batch batch, int row, float[] series, int end)
    {
        Copy(series, end, batch.Row(History, row));
        var actual = batch.Row(Actual, row);
        var counts = batch.Row(Counts, row);
        var known = Math.Min(_horizon, series.Length - end);
        for (var i = 0; i < _horizon; i++)
        {
            actual[i] = i < known ? series[end + i] : 1f;
            counts[i] = i < known ? (float)_horizon / known : 0f;
        }
    }

    private static void Copy(float[] series, int end, Span<float> window)
    {
        var known = Math.Min(window.Length, end);
        window[..^known].Clear();
        series.AsSpan(end - known, known).CopyTo(window[^known..]);
    }
}
