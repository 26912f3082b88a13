using System.Globalization;

namespace AITrader.Benchmarks;

/// <summary>Many callers at a time: rows a second through a runner that batches, as a share of bare runs of the same batch on as many
/// threads.</summary>
internal static class BatchedServing
{
    private const double LeastShare = 85;

    // Rows of a request, and of a full batch; each caller waits for its answer.
    private static readonly (int Rows, int Batch, int Total)[] Loads = [(1, 32, 8_192), (64, 256, 65_536)];

    public static async Task RunAsync(IReadOnlyList<string> models, Findings findings, IProgress<string> progress, CancellationToken ct)
    {
        foreach (var load in Loads)
        {
            await RunAsync(models, load, findings, progress, ct);
        }
    }

    private static async Task RunAsync(
        IReadOnlyList<string> models,
        (int Rows, int Batch, int Total) load,
        Findings findings,
        IProgress<string> progress,
        CancellationToken ct
    )
    {
        using var repository = new BatchingRepository(models, load.Batch);
        await using var runner = await RunnerLegs.StartAsync(
            "AITrader.OnnxRunner",
            ("Inference:ModelPath", repository.Folder),
            ("Inference:SessionsPerModel", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture))
        );
        await RunnerLegs.WaitAsync(runner.Client, ct);
        foreach (var model in models)
        {
            progress.Report($"{model}: requests of {load.Rows} rows, batches of {load.Batch}");
            var share = await MeasureAsync(model, load, runner.Client, findings, ct);
            findings.AtLeast($"batching_share_{model}_rows_{load.Rows}", share, "%", LeastShare);
        }
    }

    private static async Task<double> MeasureAsync(
        string model,
        (int Rows, int Batch, int Total) load,
        HttpClient http,
        Findings findings,
        CancellationToken ct
    )
    {
        BareModel[] bare = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new BareModel(model, load.Batch))];
        var callers = new Callers(new ServedModel(model, BareModel.PricesOf(load.Rows), http, grpc: null), 2 * load.Batch / load.Rows);
        using (var one = new BareModel(model, load.Rows))
        {
            one.Run();
            await callers.CheckAsync(one.Forecast, ct);
        }

        var result = await PairedMeasurement.MeasureAsync(
            () => callers.RunAsync(load.Total / load.Rows, ct),
            () => RunAsync(bare, load.Total / load.Batch),
            ct
        );
        Array.ForEach(bare, static one => one.Dispose());
        var name = string.Create(CultureInfo.InvariantCulture, $"{model}, {load.Rows} rows a request, batches of {load.Batch}");
        findings.Row($"{name}: bare Run", load.Total / result.Floor, "rows/s");
        findings.Row($"{name}: runner", load.Total / result.Subject, "rows/s");
        findings.Row($"{name}: rows that ran together", callers.Together * load.Rows, "rows");
        findings.Control(name, result.Control);
        return 100 / result.Ratio;
    }

    private static Task RunAsync(BareModel[] models, int runs) =>
        Task.WhenAll(
            models.Select(model =>
                Task.Factory.StartNew(
                    () =>
                    {
                        for (var i = 0; i < runs / models.Length; i++)
                        {
                            model.Run();
                        }
                    },
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            )
        );

    /// <summary>Callers of one model, each with one request at a time.</summary>
    private sealed class Callers(ServedModel model, int count)
    {
        private long _answers;
        private long _together;

        /// <summary>Requests that ran together, on average.</summary>
        public double Together => (double)_together / _answers;

        public async Task CheckAsync(float[] expected, CancellationToken ct) =>
            ForecastCheck.ThrowIfOther((await model.BinaryAsync(ct)).Forecast, expected);

        public Task RunAsync(int requests, CancellationToken ct) =>
            Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => AskAsync(requests / count, ct), ct)));

        private async Task AskAsync(int requests, CancellationToken ct)
        {
            for (var i = 0; i < requests; i++)
            {
                var answer = await model.BinaryAsync(ct);
                Interlocked.Increment(ref _answers);
                Interlocked.Add(ref _together, answer.Together);
            }
        }
    }

    /// <summary>The shipped models with batching switched on, in a folder that goes with it.</summary>
    private sealed class BatchingRepository : IDisposable
    {
        public BatchingRepository(IReadOnlyList<string> models, int batch)
        {
            foreach (var model in models)
            {
                var version = Path.Combine(Folder, model, "1");
                Directory.CreateDirectory(version);
                File.Copy(BareModel.FileOf(model), Path.Combine(version, "model.onnx"));
                File.WriteAllText(
                    Path.Combine(Folder, model, "model.json"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"batching":{"max_size":{{batch}},"max_queue_delay_us":500},"warm_up":{"prices":[{{batch}},{{BareModel.Window}}] } }"""
                    )
                );
            }
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("aitrader-bench-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
