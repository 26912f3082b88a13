using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Indicators;
using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>A tick through the fused per-symbol state, against a loop that only waits for one division after another; and three indicators
/// alone against the same.</summary>
internal sealed class FusedStateMeasure
{
    private const int Ticks = 65_536;
    private const int ManySymbols = 4_096;
    private const int FarAhead = 8;
    private const int Ahead = 4;
    private const double Nanos = 1e9;

    private readonly PackedTick[] _ticks = SampleTicks.Trades(Ticks, 1, 100);
    private readonly double[] _prices;
    private readonly double[] _sizes;
    private readonly SymbolState[] _one = States(1);
    private readonly SymbolState[] _many = States(ManySymbols);

    public FusedStateMeasure()
    {
        _prices = Array.ConvertAll(_ticks, static tick => tick.Price.ToDouble());
        _sizes = Array.ConvertAll(_ticks, static tick => tick.Size.ToDouble());
    }

    /// <summary>Takes every result, so that no loop can be left out.</summary>
    public double Sink { get; private set; }

    public void Run(Findings findings, CancellationToken ct)
    {
        Check();
        var chain = ShortSlices.Measure(() => Apply(_one), DivisionChain, ct);
        var many = ShortSlices.Measure(() => Apply(_many), () => Apply(_one), ct);
        var channel = ShortSlices.Measure(() => ApplyAndRead(_many), () => ApplyAndRead(_one), ct);
        var trio = ShortSlices.Measure(Trio, DivisionChain, ct);
        findings.Row("fused state, 1 symbol", PerTick(chain.Subject), "ns/tick");
        findings.Row("fused state / one division", chain.Ratio, "x");
        findings.Row($"fused state, {ManySymbols} symbols", PerTick(many.Subject), "ns/tick");
        findings.Row("fused state and channel read, 1 symbol", PerTick(channel.Floor), "ns/tick");
        findings.Row($"fused state and channel read, {ManySymbols} symbols", PerTick(channel.Subject), "ns/tick");
        findings.Row("EMA, VWAP and Welford alone", PerTick(trio.Subject), "ns/tick");
        findings.Row("floor: one dependent division", PerTick(trio.Floor), "ns");
        findings.AtMost("fused_state_1_symbol", PerTick(chain.Subject), "ns/tick", 30);
        findings.AtMost("fused_state_4096_symbols", PerTick(many.Subject), "ns/tick", 60);
        findings.AtMost("ema_vwap_welford_to_division_chain", trio.Ratio, "x", 1.5);
        findings.AtMost("fused_state_allocation", Allocations.Of(() => Apply(_one)), "B", 0);
        findings.Control("fused state, 1 symbol", chain.Control);
        findings.Control($"fused state, {ManySymbols} symbols", many.Control);
        findings.Control($"fused state and channel read, {ManySymbols} symbols", channel.Control);
        findings.Control("EMA, VWAP and Welford alone", trio.Control);
    }

    private static double PerTick(double seconds) => seconds / Ticks * Nanos;

    private static SymbolState[] States(int count)
    {
        var slab = new StateSlab(count);
        return [.. Enumerable.Range(0, count).Select(_ => new SymbolState(PatternParameters.Default.Periods, slab))];
    }

    /// <summary>The fused state must give what its indicators give one by one.</summary>
    private void Check()
    {
        var state = new SymbolState(PatternParameters.Default.Periods);
        var (fast, vwap, moments) = (new Ema(PatternParameters.Default.EmaFast), default(SessionVwap), default(Moments));
        for (var i = 0; i < Ticks; i++)
        {
            state.Apply(_ticks[i]);
            fast.Update(_prices[i]);
            vwap.Update(_prices[i], _sizes[i]);
            moments.Update(_prices[i]);
        }

        if ((state.EmaFast, state.Vwap, state.Mean, state.Variance) != (fast.Value, vwap.Value, moments.Mean, moments.Variance))
        {
            throw new InvalidOperationException("The fused state differs from its indicators.");
        }
    }

    private void Apply(SymbolState[] states)
    {
        var mask = states.Length - 1;
        var ticks = _ticks;
        for (var i = 0; i < ticks.Length; i++)
        {
            states[(i + Ahead) * 1021 & mask].Prefetch();
            states[i * 1021 & mask].Apply(ticks[i]);
        }
    }

    private void ApplyAndRead(SymbolState[] states)
    {
        var mask = states.Length - 1;
        var ticks = _ticks;
        var sum = 0.0;
        for (var i = 0; i < ticks.Length; i++)
        {
            states[(i + FarAhead) * 1021 & mask].Prefetch();
            states[(i + Ahead) * 1021 & mask].PrefetchWindow();
            var state = states[i * 1021 & mask];
            state.Apply(ticks[i]);
            sum += state.ChannelHigh - state.ChannelLow;
        }

        Sink += sum;
    }

    private void Trio()
    {
        var (ema, vwap, moments) = (new Ema(20), default(SessionVwap), default(Moments));
        var sizes = _sizes;
        var prices = _prices;
        for (var i = 0; i < prices.Length; i++)
        {
            ema.Update(prices[i]);
            vwap.Update(prices[i], sizes[i]);
            moments.Update(prices[i]);
        }

        Sink += ema.Value + vwap.Value + moments.StdDev;
    }

    private void DivisionChain()
    {
        var value = 1.0;
        foreach (var price in _prices)
        {
            value = (value + price) / 1.000001;
        }

        Sink += value;
    }
}
