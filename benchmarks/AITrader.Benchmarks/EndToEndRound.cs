using System.Diagnostics;
using System.Globalization;
using AITrader.Contracts;
using AITrader.Domain.Instruments;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Messaging;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Benchmarks;

/// <summary>What one round found.</summary>
/// <param name="Reached">Ticks a second from the first one's due time to the commit of the last.</param>
/// <param name="Latency">From a tick's due time to its signal's arrival at the reader.</param>
/// <param name="Signals">Signals read.</param>
/// <param name="MostBehind">Most ticks that were due and not yet committed by the engine.</param>
/// <param name="DrainMillis">From the last tick's due time to its commit.</param>
internal sealed record EndToEndResult(double Reached, LatencyHistogram Latency, int Signals, long MostBehind, double DrainMillis)
{
    public double Millis(double percent) => Latency.PercentileNanos(percent) / 1e6;
}

/// <summary>Ticks of one run at one rate. Each is due at its time and counted from then, also where the publisher is late.</summary>
internal sealed class EndToEndRound(IServiceProvider services, int rate, TimeSpan length, string run)
{
    private const int Symbols = 32;
    private const int StepMicros = 100_000;
    private const int MostOfPublish = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly PackedTick[] _ticks = SampleTicks.Trades((int)(rate * length.TotalSeconds), Symbols, StepMicros);
    private readonly LatencyHistogram _latency = new();
    private long _started;
    private long _mostBehind;
    private int _signals;

    private long Due => Math.Min(_ticks.Length, (long)(Stopwatch.GetElapsedTime(_started).TotalSeconds * rate));

    public async Task<EndToEndResult> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        var expected = Expected();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _started = Stopwatch.GetTimestamp();
        var reader = ReadAsync(expected, reading.Token);
        var watch = WatchAsync(progress, reading.Token);
        await PublishAsync(ct);
        await services.GetRequiredService<IWatermarks>().WaitForAsync(run, ReplayStages.Pattern, _ticks.Length, ct);
        var done = Stopwatch.GetElapsedTime(_started);
        await reader;
        await reading.CancelAsync();
        await watch;
        return new EndToEndResult(
            _ticks.Length / done.TotalSeconds,
            _latency,
            _signals,
            _mostBehind,
            Math.Max(0, done.TotalMilliseconds - length.TotalMilliseconds)
        );
    }

    private int Expected()
    {
        var names = new SymbolTable();
        Enumerable.Range(0, Symbols).ToList().ForEach(i => names.Intern(Name(i)));
        var bank = new PatternBank(PatternSettings.Default, names);
        var found = new Detection[PatternCatalogue.BuiltIn.Count];
        return _ticks.Sum(tick => bank.Apply(tick, found));
    }

    private static string Name(int symbol) => string.Create(CultureInfo.InvariantCulture, $"BENCH:S{symbol}");

    private async Task PublishAsync(CancellationToken ct)
    {
        var publisher = services.GetRequiredService<IStreamPublisher>();
        var batch = new List<Tick>();
        for (var next = 0; next < _ticks.Length; )
        {
            for (var due = Math.Min(Due, next + MostOfPublish); next < due; next++)
            {
                batch.Add(Message(_ticks[next], next + 1));
            }

            if (batch.Count > 0)
            {
                await publisher.PublishAsync(batch, ct);
                batch.Clear();
            }
            else
            {
                await Task.Delay(Pause, ct);
            }
        }
    }

    private Tick Message(in PackedTick tick, long seq) =>
        new()
        {
            Symbol = Name(tick.Symbol),
            Price = tick.Price,
            Volume = tick.Size,
            Timestamp = EventTime.FromMicros(tick.TimeMicros),
            Kind = TickKind.Trade,
            Source = "bench",
            Seq = seq,
            Run = run,
            Trace = string.Create(CultureInfo.InvariantCulture, $"00-{seq:x32}-{seq:x16}-01"),
        };

    // Every signal must come, and none twice: else there is nothing to publish.
    private async Task ReadAsync(int expected, CancellationToken ct)
    {
        await using var reader = services.GetRequiredService<IStreamReaders>().Open<Signal>("bench", "bench");
        while (_signals < expected)
        {
            var entries = await reader.ReadAsync(500, Look, ct);
            var now = Stopwatch.GetElapsedTime(_started).TotalSeconds;
            foreach (var signal in entries.Select(static entry => entry.Message).Where(signal => signal.Run == run))
            {
                _signals++;
                _latency.Record((long)((now - ((signal.Seq - 1) / (double)rate)) * 1e9));
            }

            if (entries.Count > 0)
            {
                await reader.AcknowledgeAsync([.. entries.Select(static entry => entry.Id)], ct);
            }
        }
    }

    private async Task WatchAsync(IProgress<string> progress, CancellationToken ct)
    {
        var watermarks = services.GetRequiredService<IWatermarks>();
        try
        {
            while (true)
            {
                var due = Due;
                var behind = due - await watermarks.GetAsync(run, ReplayStages.Pattern, ct);
                _mostBehind = Math.Max(_mostBehind, behind);
                progress.Report(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{run}: {due} of {_ticks.Length} ticks due, {behind} behind, {_signals} signals"
                    )
                );
                await Task.Delay(Look, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The round is over.
        }
    }
}
