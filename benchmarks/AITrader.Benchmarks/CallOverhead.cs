using System.Diagnostics;
using AITrader.Signals.Engine;
using AITrader.TestSupport;
using Grpc.Net.Client;

namespace AITrader.Benchmarks;

/// <summary>One row at a time: what a call of a runner takes beside the model's run, in each form, with a bare run as the floor.</summary>
internal static class CallOverhead
{
    private const int Rounds = 15;
    private const int WarmUps = 3;
    private const int Slice = 200;

    private const double MostMicros = 150;
    private const double MostMillisOfTail = 1;

    public static async Task RunAsync(IReadOnlyList<string> models, Findings findings, IProgress<string> progress, CancellationToken ct)
    {
        var port = FreePort.Find();
        await using var runner = await RunnerLegs.StartAsync(
            "AITrader.OnnxRunner",
            ("Inference:GrpcPort", FormattableString.Invariant($"{port}"))
        );
        await RunnerLegs.WaitAsync(runner.Client, ct);
        using var grpc = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        List<double> middles = [],
            tails = [];
        foreach (var model in models)
        {
            progress.Report($"{model}: calls of one row");
            var binary = await MeasureAsync(model, runner.Client, grpc, findings, ct);
            middles.Add(binary.PercentileNanos(50) / 1e3);
            tails.Add(binary.PercentileNanos(99) / 1e6);
        }

        findings.AtMost("inference_wall_minus_compute_p50", middles.Max(), "µs", MostMicros);
        findings.AtMost("inference_wall_minus_compute_p99", tails.Max(), "ms", MostMillisOfTail);
    }

    // The binary form twice in each round: its other half is the control.
    private static async Task<LatencyHistogram> MeasureAsync(
        string model,
        HttpClient http,
        GrpcChannel channel,
        Findings findings,
        CancellationToken ct
    )
    {
        using var bare = new BareModel(model, rows: 1);
        var served = new ServedModel(model, bare.Prices, http, channel);
        CallTimes binary = new(served.BinaryAsync),
            again = new(served.BinaryAsync),
            json = new(served.JsonAsync),
            grpc = new(served.GrpcAsync);
        CallTimes[] ways = [binary, json, again, grpc];
        await CheckAsync(bare, ways, ct);
        var floor = new LatencyHistogram();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            if (round == 0)
            {
                floor.Clear();
                Array.ForEach(ways, static way => way.Clear());
            }

            foreach (var way in ways)
            {
                await way.RunAsync(Slice, ct);
            }

            Time(bare, floor);
        }

        binary.Wall.Add(again.Wall);
        binary.Beside.Add(again.Beside);
        Report(bare.Name, floor, [("HTTP binary", binary), ("HTTP JSON", json), ("gRPC", grpc)], findings);
        findings.Control($"{bare.Name}: HTTP binary", Middle(binary.Medians.Zip(again.Medians, static (a, b) => a / b)));
        return binary.Beside;
    }

    private static void Report(string model, LatencyHistogram floor, (string Name, CallTimes Times)[] forms, Findings findings)
    {
        findings.Row($"{model}: bare InferenceSession.Run: p50", floor.PercentileNanos(50) / 1e3, "µs");
        findings.Row($"{model}: bare InferenceSession.Run: p99", floor.PercentileNanos(99) / 1e3, "µs");
        foreach (var (name, times) in forms)
        {
            findings.Row($"{model}: {name}, whole call: p50", times.Wall.PercentileNanos(50) / 1e3, "µs");
            findings.Row($"{model}: {name}, wall minus compute: p50", times.Beside.PercentileNanos(50) / 1e3, "µs");
            findings.Row($"{model}: {name}, wall minus compute: p99", times.Beside.PercentileNanos(99) / 1e3, "µs");
        }
    }

    // All forms have to say what the bare run does before anything is timed.
    private static async Task CheckAsync(BareModel bare, CallTimes[] ways, CancellationToken ct)
    {
        bare.Run();
        foreach (var way in ways)
        {
            ForecastCheck.ThrowIfOther((await way.OnceAsync(ct)).Forecast, bare.Forecast);
        }
    }

    private static void Time(BareModel bare, LatencyHistogram floor)
    {
        for (var i = 0; i < Slice; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            bare.Run();
            floor.Record((long)Stopwatch.GetElapsedTime(begin).TotalNanoseconds);
        }
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

/// <summary>Holds forecasts of two ways against each other.</summary>
internal static class ForecastCheck
{
    private const double Tolerance = 1e-5;

    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void ThrowIfOther(IReadOnlyList<float> found, IReadOnlyList<float> expected)
    {
        if (found.Count != expected.Count || found.Zip(expected, static (a, b) => Math.Abs(a - b) / Math.Abs(b)).Max() > Tolerance)
        {
            throw new InvalidOperationException("the runner does not forecast what the bare model does: nothing is timed");
        }
    }
}
