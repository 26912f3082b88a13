using AITrader.Learning.Datasets;
using AITrader.Learning.Evaluation;
using AITrader.Learning.Forecasting;

namespace AITrader.Learning.Recipes;

/// <summary>Judges forecasts of examples beside those that need no training.</summary>
/// <param name="horizon">Prices that are forecast.</param>
internal sealed class ForecasterJudge(int horizon)
{
    private const double BpsPerUnit = 10_000;

    private readonly List<double> _model = [];
    private readonly List<double> _persistence = [];
    private double _modelBps;
    private double _persistenceBps;
    private double _averageBps;
    private int _hits;
    private int _moves;

    /// <summary>Examples so far.</summary>
    public int Count => _model.Count;

    /// <summary>Root of the mean squared error at the end of the horizon, in basis points.</summary>
    public double EndErrorBps => Root(_modelBps);

    public double PersistenceErrorBps => Root(_persistenceBps);

    public double AverageErrorBps => Root(_averageBps);

    public double? DirectionHits => _moves > 0 ? (double)_hits / _moves : null;

    /// <summary>Adds forecasts of a dataset, [examples, horizon].</summary>
    public void Add(Dataset dataset, DatasetExamples examples, IReadOnlyList<Example> judged, ReadOnlySpan<float> forecasts)
    {
        var window = new double[dataset.Settings.Window];
        for (var i = 0; i < judged.Count; i++)
        {
            var values = dataset.Series[judged[i].Series].Values;
            var (last, end) = (values[judged[i].Start - 1], values[judged[i].Start + horizon - 1]);
            for (var j = 0; j < window.Length; j++)
            {
                window[j] = values[judged[i].Start - window.Length + j];
            }

            var average = Baselines.ExponentialAverage(window, 1, window.Length / 2)[0];
            Add(examples.ScaleOf(judged[i].Series), last, end, forecasts[((i + 1) * horizon) - 1], average);
        }
    }

    /// <summary>Adds what another has judged, which came later.</summary>
    public ForecasterJudge Include(ForecasterJudge later)
    {
        _model.AddRange(later._model);
        _persistence.AddRange(later._persistence);
        _modelBps += later._modelBps;
        _persistenceBps += later._persistenceBps;
        _averageBps += later._averageBps;
        _hits += later._hits;
        _moves += later._moves;
        return this;
    }

    /// <summary>Whether the model beats persistence at the end of the horizon; errors of different instruments count by their
    /// scales.</summary>
    public ModelVerdict Verdict() => ModelVerdict.Of(_model.ToArray(), _persistence.ToArray(), horizon);

    private void Add(double scale, double last, double end, double forecast, double average)
    {
        _model.Add((forecast - end) / scale);
        _persistence.Add((last - end) / scale);
        _modelBps += Squared((forecast - end) / last);
        _persistenceBps += Squared((last - end) / last);
        _averageBps += Squared((average - end) / last);
        if (end != last)
        {
            _moves++;
            // Models see single precision: a base that is rounded likewise makes a forecast of no move no move.
            _hits += Math.Sign(forecast - (float)last) == Math.Sign(end - last) ? 1 : 0;
        }
    }

    private double Root(double sum) => BpsPerUnit * Math.Sqrt(sum / Math.Max(1, Count));

    private static double Squared(double value) => value * value;
}
