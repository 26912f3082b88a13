using AITrader.Learning.Evaluation;
using AITrader.Learning.Forecasting;
using AITrader.Learning.Gradients;
using AITrader.Learning.Models;
using AITrader.Learning.Training;

namespace AITrader.Benchmarks;

/// <summary>A model of an ensemble.</summary>
/// <param name="Horizons">Its window, in horizons.</param>
/// <param name="Loss">What it is trained to make small.</param>
/// <param name="Seed">What its weights and examples are drawn by.</param>
internal sealed record Contestant(int Horizons, TrainingLoss Loss, int Seed)
{
    public override string ToString() => $"{Loss}, {Horizons} horizons back";
}

/// <summary>Series with what came after them, forecast by N-BEATS and scored beside Naive2 as the M4 competition did it.</summary>
internal sealed class M4Contest
{
    private const int Rows = 256;

    private readonly double[][] _past;
    private readonly double[][] _future;
    private readonly int _horizon;
    private readonly int _period;

    /// <summary>Series of one frequency.</summary>
    /// <param name="past">What models are trained with.</param>
    /// <param name="future">What came then: as many series, a horizon each.</param>
    /// <param name="period">Values of a season; 1 without.</param>
    public M4Contest(double[][] past, double[][] future, int period)
    {
        (_past, _future, _period, _horizon) = (past, future, period, future[0].Length);
        Naive = Score(i => Baselines.Naive2(past[i], _horizon, period));
    }

    public ForecastSummary Naive { get; }

    /// <summary>Trains a model and forecasts what comes after each series: [series, horizon].</summary>
    public float[] Forecast(Contestant contestant, Schedule schedule, IProgress<TrainingProgress> progress, CancellationToken ct)
    {
        var options = new NBeatsOptions(contestant.Horizons * _horizon, _horizon)
        {
            Width = 128,
            Blocks = 2,
            Stacks = [StackKind.Generic, StackKind.Generic, StackKind.Generic],
        };
        var examples = new SeriesExamples(_past, options.Window, _horizon, _period, 10 * _horizon);
        var training = new TrainerOptions(schedule)
        {
            Rows = Rows,
            Seed = contestant.Seed,
            Threads = 2,
        };
        var trainer = new Trainer("m4", graph => examples.Loss(graph, contestant.Loss, Model), training);
        var model = trainer.Train(examples.Fill, validate: null, from: null, progress, ct);
        using var forecaster = new WindowForecaster(Model, examples.LastWindows(), examples.Count, _horizon, training.Threads);
        return forecaster.Forecast(model.Weights).ToArray();

        Variable Model(DifferentiableGraph graph, Variable history) => NBeats.Forecast(graph, options, history);
    }

    /// <summary>How good forecasts are.</summary>
    public ForecastSummary Score(float[] forecasts) =>
        Score(i => Array.ConvertAll(forecasts[(i * _horizon)..((i + 1) * _horizon)], static value => (double)value));

    /// <summary>Element by element the median.</summary>
    public static float[] Median(List<float[]> forecasts)
    {
        var median = new float[forecasts[0].Length];
        for (var i = 0; i < median.Length; i++)
        {
            var values = forecasts.Select(forecast => forecast[i]).Order().ToArray();
            median[i] = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        }

        return median;
    }

    private ForecastSummary Score(Func<int, double[]> forecast) =>
        ForecastSummary.Of([.. _past.Select((past, i) => ForecastScore.Of(past, _future[i], forecast(i), _period))]);
}
