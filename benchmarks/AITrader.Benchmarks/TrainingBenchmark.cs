using System.Diagnostics;
using AITrader.Learning.Forecasting;
using AITrader.Learning.Training;
using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>A step of training beside a plain one, and N-BEATS trained on M4's weekly and hourly series and scored as the competition did
/// it.</summary>
internal sealed class TrainingBenchmark : IBenchmark
{
    private const double SingleGoal = 0.80;
    private const double EnsembleGoal = 0.75;
    private const double MostMinutes = 10;
    private const int Steps = 500;
    private const int HourlyHorizon = 48;

    // An ensemble is the median of models that differ in look-back, loss and seed.
    private static readonly Contestant[] Members =
    [
        new(5, TrainingLoss.Mase, 1),
        new(4, TrainingLoss.Smape, 2),
        new(3, TrainingLoss.Mase, 3),
        new(6, TrainingLoss.Mape, 4),
        new(4, TrainingLoss.Mase, 5),
        new(5, TrainingLoss.Smape, 6),
    ];

    public string Name => "training";

    public string Summary => "a training step beside a plain one; N-BEATS on M4 Weekly and Hourly: errors beside Naive2's";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        var findings = new Findings();
        progress.Report("steps");
        await StepsAsync(findings, ct);
        Weekly(findings, progress, ct);
        Hourly(findings, progress, ct);
        return findings.Report();
    }

    private static async Task StepsAsync(Findings findings, CancellationToken ct)
    {
        var network = new PlainMlp(seed: 1);
        var (graph, plain) = (network.ByGraph(50, ct), network.ByHand(50));
        var apart = graph.Zip(plain).Max(static pair => Math.Abs(pair.First - pair.Second));
        if (apart > 1e-3)
        {
            throw new InvalidOperationException($"The two ways to train come to different weights: {apart} apart.");
        }

        var result = await PairedMeasurement.MeasureAsync(
            () => Task.FromResult(network.ByGraph(Steps, ct)),
            () => Task.FromResult(network.ByHand(Steps / 5)),
            ct
        );
        var (fast, slow) = (Steps * PlainMlp.Rows / result.Subject, Steps / 5 * PlainMlp.Rows / result.Floor);
        findings.Row("64-256-16, batch 256, one thread: examples a second by the graph", fast, "1/s");
        findings.Row("the same with TensorPrimitives", slow, "1/s");
        findings.Row("graph beside TensorPrimitives", fast / slow, "times");
        findings.Control("training steps", result.Control);
    }

    private static void Weekly(Findings findings, IProgress<string> progress, CancellationToken ct)
    {
        var (past, future) = (M4Series.Read("Weekly-train.csv.gz"), M4Series.Read("Weekly-test.csv.gz"));
        var names = past.Keys.Order(StringComparer.Ordinal).ToArray();
        var contest = new M4Contest([.. names.Select(name => past[name])], [.. names.Select(name => future[name])], period: 1);
        findings.Row("M4 Weekly, Naive2: sMAPE", contest.Naive.Smape, "%");
        var forecasts = new List<float[]>();
        foreach (var member in Members)
        {
            var begin = Stopwatch.GetTimestamp();
            forecasts.Add(contest.Forecast(member, new Schedule(1e-3, 2_500), Relay(progress, $"weekly, {member}"), ct));
            findings.Row($"M4 Weekly, N-BEATS ({member}): OWA", contest.Score(forecasts[^1]).Owa(contest.Naive)!.Value, "");
            findings.Row($"M4 Weekly, N-BEATS ({member}): trained in", Stopwatch.GetElapsedTime(begin).TotalSeconds, "s");
        }

        var (single, ensemble) = (contest.Score(forecasts[0]), contest.Score(M4Contest.Median(forecasts)));
        findings.Row($"M4 Weekly, median of {forecasts.Count}: sMAPE", ensemble.Smape, "%");
        findings.Row($"M4 Weekly, median of {forecasts.Count}: MASE", ensemble.Mase!.Value, "");
        findings.AtMost("m4_weekly_single_owa", single.Owa(contest.Naive)!.Value, "", SingleGoal);
        findings.AtMost("m4_weekly_ensemble_owa", ensemble.Owa(contest.Naive)!.Value, "", EnsembleGoal);
    }

    // The competition's test set of hourly series is not at hand: the end of each series is held back.
    private static void Hourly(Findings findings, IProgress<string> progress, CancellationToken ct)
    {
        var series = M4Series.Read("Hourly-train.csv.gz").Values.ToArray();
        var contest = new M4Contest(
            [.. series.Select(static values => values[..^HourlyHorizon])],
            [.. series.Select(static values => values[^HourlyHorizon..])],
            period: 24
        );
        var begin = Stopwatch.GetTimestamp();
        var model = new Contestant(4, TrainingLoss.Mase, 1);
        var score = contest.Score(contest.Forecast(model, new Schedule(1e-3, 4_000), Relay(progress, $"hourly, {model}"), ct));
        findings.Row("M4 Hourly, last 48 held back, Naive2: sMAPE", contest.Naive.Smape, "%");
        findings.Row("M4 Hourly, Naive2: MASE", contest.Naive.Mase!.Value, "");
        findings.Row($"M4 Hourly, N-BEATS ({model}): sMAPE", score.Smape, "%");
        findings.Row($"M4 Hourly, N-BEATS ({model}): MASE", score.Mase!.Value, "");
        findings.Row($"M4 Hourly, N-BEATS ({model}): OWA", score.Owa(contest.Naive)!.Value, "");
        findings.AtMost("m4_hourly_minutes_of_training", Stopwatch.GetElapsedTime(begin).TotalMinutes, "min", MostMinutes);
    }

    private static Relayed Relay(IProgress<string> progress, string model) => new(progress, model);

    private sealed class Relayed(IProgress<string> progress, string model) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step % 1_000 == 0)
            {
                progress.Report($"{model}: step {value.Step} of {value.Steps}, loss {value.Loss:0.000}");
            }
        }
    }
}
