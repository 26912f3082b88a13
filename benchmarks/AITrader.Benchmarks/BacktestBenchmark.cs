using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Domain.Signals;
using AITrader.Strategies;
using AITrader.Strategies.Examples;

namespace AITrader.Benchmarks;

/// <summary>A backtest of a seeded walk on one thread, against the same with a strategy that asks for nothing: what is left is the desk,
/// which
/// risk checks, simulator and ledger belong to.</summary>
internal sealed class BacktestBenchmark : IBenchmark
{
    private const int Ticks = 500_000;
    private const int Symbols = 4;
    private const long StepMicros = 250_000;
    private const double Goal = 1_000_000;

    // QuantConnect/Lean: pull request 3977 (C#, minute bars of 400 symbols, a strategy that does nothing, 2020) and 101 (ticks of EURUSD, a
    // strategy that counts them, 2015), each the best figure of its authors.
    private const double LeanBars = 238_000;
    private const double LeanTicks = 300_000;

    // Its site: "stream up to 5 million rows per second". Rows read, without a strategy or an order.
    private const double NautilusRows = 5_000_000;

    private readonly MarketTape _tape = MarketTape.Of(
        SampleTicks.Trades(Ticks, Symbols, StepMicros),
        [.. Enumerable.Range(0, Symbols).Select(static i => $"S{i}")],
        "benchmark"
    );

    public string Name => "backtest";

    public string Summary => "events a second of a backtest on one core: crossing averages, and every pattern, against the desk alone";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        var findings = new Findings();
        var rate = await MeasureAsync("crossing averages of minute bars", static () => new EmaCross { Options = { Weight = 0.2m } });
        await MeasureAsync("every pattern, counted", static () => new SignalCounter());
        findings.Row("LEAN, minute bars, published, another machine", LeanBars, "events/s");
        findings.Row("LEAN, ticks, published, another machine", LeanTicks, "events/s");
        findings.Row("NautilusTrader, rows streamed, published, another machine", NautilusRows, "events/s");
        findings.AtLeast("backtest_events_per_second", rate, "events/s", Goal);
        return findings.Report();

        async Task<double> MeasureAsync(string what, Func<Strategy> create)
        {
            progress.Report(what);
            var result = await PairedMeasurement.MeasureAsync(() => RunOnce(create), () => RunOnce(static () => new Nothing()), ct);
            findings.Row(what, Ticks / result.Subject, "events/s");
            findings.Row($"{what}: desk alone", Ticks / result.Floor, "events/s");
            findings.Control(what, result.Control);
            return Ticks / result.Subject;
        }

        Task RunOnce(Func<Strategy> create)
        {
            Backtest.Run(_tape, create(), "benchmark", new BacktestSettings { StartingCash = 10_000_000m }, null, ct);
            return Task.CompletedTask;
        }
    }

    private sealed class Nothing : Strategy;

    private sealed class SignalCounter : Strategy
    {
        private long _signals;

        protected override void OnStart()
        {
            foreach (var symbol in Data.Symbols)
            {
                Data.Signals(symbol);
            }
        }

        protected override void OnSignal(Signal signal) => _signals++;

        protected override void OnStop() => Log(string.Create(null, $"{_signals} signals"));
    }
}
