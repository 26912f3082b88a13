using AITrader.Markets;
using AITrader.Markets.Indicators;
using AITrader.Markets.Patterns;

namespace AITrader.Benchmarks;

/// <summary>A tick through the fused per-symbol state, against a loop that does nothing but wait for one division after another.</summary>
internal sealed class SymbolStateBenchmark : IBenchmark
{
    private const int Ticks = 2_000_000;
    private const int ManySymbols = 4_096;
    private const double Nanos = 1e9;

    private readonly MarketTick[] _ticks = Generate();

    public string Name => "patterns";

    public string Summary => "tick through the fused per-symbol state against a chain of divisions";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        progress.Report("one symbol against the division chain");
        var one = States(1);
        var chain = await PairedMeasurement.MeasureAsync(() => Apply(one), DivideChain, ct);
        progress.Report($"{ManySymbols} symbols against one");
        var many = States(ManySymbols);
        var spread = await PairedMeasurement.MeasureAsync(() => Apply(many), () => Apply(one), ct);
        var allocated = Allocated(one);

        var single = chain.Subject / Ticks * Nanos;
        var wide = spread.Subject / Ticks * Nanos;
        return new BenchmarkReport(
            [
                new("fused state, 1 symbol", single, "ns/tick"),
                new($"fused state, {ManySymbols} symbols", wide, "ns/tick"),
                new("one dependent division", chain.Floor / Ticks * Nanos, "ns"),
                new("fused state / division", chain.Ratio, "x"),
                new("many symbols / one", spread.Ratio, "x"),
            ],
            [
                new("fused_state_1_symbol", single, "ns/tick", "<= 30", single <= 30),
                new("fused_state_4096_symbols", wide, "ns/tick", "<= 60", wide <= 60),
                new("fused_state_allocation", allocated, "B", "0", allocated == 0),
            ],
            chain.Control);
    }

    private static SymbolState[] States(int count)
    {
        var slab = new StateSlab(count);
        var states = new SymbolState[count];
        for (var i = 0; i < count; i++)
        {
            states[i] = new SymbolState(PatternParameters.Default, slab);
        }

        return states;
    }

    private static MarketTick[] Generate()
    {
        var random = new Random(7);
        var ticks = new MarketTick[Ticks];
        var cents = 6_180_000L;
        for (var i = 0; i < Ticks; i++)
        {
            cents += random.Next(-3, 4);
            ticks[i] = new MarketTick
            {
                TimeMicros = 1_723_161_255_000_000 + (i * 100L),
                Price = Price.FromNanos(cents * (Price.Scale / 100)),
                Size = Quantity.FromRaw(random.Next(1, 1000) * 1_000_000L),
                Symbol = 0,
                Kind = MarketTickKind.Trade,
            };
        }

        return ticks;
    }

    private Task Apply(SymbolState[] states)
    {
        var mask = states.Length - 1;
        var ticks = _ticks;
        for (var i = 0; i < ticks.Length; i++)
        {
            // 1021 is odd, so every symbol has its turn, far from the one before it.
            states[(i + 4) * 1021 & mask].Prefetch();
            states[i * 1021 & mask].Apply(ticks[i]);
        }

        GC.KeepAlive(states);
        return Task.CompletedTask;
    }

    private Task DivideChain()
    {
        var value = 1.0;
        var ticks = _ticks;
        for (var i = 0; i < ticks.Length; i++)
        {
            value = (value + ticks[i].TimeMicros) / 1.000001;
        }

        GC.KeepAlive(value);
        return Task.CompletedTask;
    }

    private long Allocated(SymbolState[] states)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
        {
            states[0].Apply(_ticks[i]);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
