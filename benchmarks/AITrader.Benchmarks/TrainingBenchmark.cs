using System.Diagnostics;
using AITrader.Learning.Evaluation;
using AITrader.Learning.Forecasting;
using AITrader.Learning.Models;
using AITrader.Learning.Training;
using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>N-BEATS trained on M4's weekly series and scored on the test set as the competition did it.</summary>
internal sealed class TrainingBenchmark : IBenchmark
{
    private const int Horizon = 13;
    private const double SingleGoal = 0.80;
    private const double EnsembleGoal = 0.75;

    // Look-back in horizons, loss, seed: an ensemble is the median of models that differ in all three.
    private static readonly (int Windows, TrainingLoss Loss, int Seed)[] Members =
    [
        (5, TrainingLoss.Mase, 1),
        (4, TrainingLoss.Smape, 2),
        (3, TrainingLoss.Mase, 3),
        (6, TrainingLoss.Mape, 4),
        (4, TrainingLoss.Mase, 5),
        (5, TrainingLoss.Smape, 6),
    ];

    public string Name => "training";

    public string Summary => "N-BEATS on M4 Weekly: errors beside Naive2's, and examples a second";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        await Task.Yield();
        var (past, future) = (M4Series.Read("Weekly-train.csv.gz"), M4Series.Read("Weekly-test.csv.gz"));
        var weekly = past.Keys.Order(StringComparer.Ordinal).Select(id => new Weekly(past[id], future[id])).ToArray();
        var naive = Score(weekly, static series => Baselines.Naive2(series.Past, Horizon, 1));
        var findings = new Findings();
        var forecasts = new List<float[]>();
        var examples = 0.0;
        for (var i = 0; i < Members.Length; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            var (forecast, trained) = Forecast(weekly, Members[i], new Relay(progress, i), ct);
            forecasts.Add(forecast);
            var took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            examples += trained / took;
            var score = Score(weekly, forecast);
            findings.Row($"model {i + 1} ({Members[i].Loss}, {Members[i].Windows} horizons back): OWA", score.Owa(naive)!.Value, "");
            findings.Row($"model {i + 1}: trained in", took, "s");
        }

        var single = Score(weekly, forecasts[0]);
        var ensemble = Score(weekly, Median(forecasts));
        findings.Row("Naive2: sMAPE", naive.Smape, "%");
        findings.Row("single model: sMAPE", single.Smape, "%");
        findings.Row("single model: MASE", single.Mase!.Value, "");
        findings.Row($"median of {forecasts.Count}: sMAPE", ensemble.Smape, "%");
        findings.Row($"median of {forecasts.Count}: MASE", ensemble.Mase!.Value, "");
        findings.Row("examples a second", examples / Members.Length, "1/s");
        findings.AtMost("m4_weekly_single_owa", single.Owa(naive)!.Value, "", SingleGoal);
        findings.AtMost("m4_weekly_ensemble_owa", ensemble.Owa(naive)!.Value, "", EnsembleGoal);
        return findings.Report();
    }

    private static (float[] Forecast, double Examples) Forecast(
        Weekly[] weekly,
        (int Windows, TrainingLoss Loss, int Seed) member,
        IProgress<TrainingProgress> progress,
        CancellationToken ct
    )
    {
        var options = new NBeatsOptions(member.Windows * Horizon, Horizon)
        {
            Width = 128,
            Blocks = 2,
            Stacks = [StackKind.Generic, StackKind.Generic, StackKind.Generic],
        };
        var examples = new SeriesExamples([.. weekly.Select(static series => series.Past)], options.Window, Horizon, 1, 10 * Horizon);
        var training = new TrainerOptions(new Schedule(1e-3, 2_500))
        {
            Rows = 256,
            Seed = member.Seed,
            Threads = 2,
        };
        var trainer = new Trainer("m4", graph => examples.Loss(graph, member.Loss, (g, x) => NBeats.Forecast(g, options, x)), training);
        var model = trainer.Train(examples.Fill, validate: null, from: null, progress, ct);
        using var forecaster = new WindowForecaster(
            (graph, history) => NBeats.Forecast(graph, options, history),
            examples.LastWindows(),
            examples.Count,
            Horizon,
            training.Threads
        );
        return (forecaster.Forecast(model.Weights).ToArray(), (double)model.Steps * training.Rows);
    }

    private static ForecastSummary Score(Weekly[] weekly, Func<Weekly, double[]> forecast) =>
        ForecastSummary.Of([.. weekly.Select(series => ForecastScore.Of(series.Past, series.Future, forecast(series)))]);

    private static ForecastSummary Score(Weekly[] weekly, float[] forecasts)
    {
        var next = 0;
        return Score(weekly, _ => [.. forecasts.Skip(Horizon * next++).Take(Horizon).Select(static value => (double)value)]);
    }

    private static float[] Median(List<float[]> forecasts)
    {
        var median = new float[forecasts[0].Length];
        for (var i = 0; i < median.Length; i++)
        {
            var values = forecasts.Select(forecast => forecast[i]).Order().ToArray();
            median[i] = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        }

        return median;
    }

    private sealed record Weekly(double[] Past, double[] Future);

    private sealed class Relay(IProgress<string> progress, int model) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step % 500 == 0)
            {
                progress.Report($"model {model + 1} of {Members.Length}: step {value.Step} of {value.Steps}, loss {value.Loss:0.000}");
            }
        }
    }
}
