using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>A tick through the fused state and every detector that is on by default, against the same with none on; a symbol trades four
/// times a second of event time.</summary>
internal static class DetectorMeasure
{
    private const int Ticks = 65_536;
    private const int MicrosOfSymbol = 256_000;
    private const double Nanos = 1e9;

    public static void Run(Findings findings, CancellationToken ct)
    {
        var none = PatternParameters.Default with { Enabled = default };
        foreach (var symbols in (int[])[1, 64, 1_024])
        {
            var ticks = SampleTicks.Trades(Ticks, symbols, MicrosOfSymbol / symbols);
            var all = new Pass(ticks, symbols, PatternParameters.Default);
            var result = ShortSlices.Measure(all.Run, new Pass(ticks, symbols, none).Run, ct);
            findings.Row($"all detectors, {symbols} symbols", result.Subject / Ticks * Nanos, "ns/tick");
            findings.Row($"no detector, {symbols} symbols", result.Floor / Ticks * Nanos, "ns/tick");
            findings.AtMost($"all_detectors_allocation_{symbols}", Allocations.Of(all.Run), "B", 0);
            findings.Control($"all detectors, {symbols} symbols", result.Control);
        }
    }

    /// <summary>The same ticks again and again, each time later.</summary>
    private sealed class Pass
    {
        private readonly PackedTick[] _ticks;
        private readonly PatternBank _bank;
        private readonly Detection[] _found = new Detection[PatternCatalogue.BuiltIn.Count];
        private long _later;

        public Pass(PackedTick[] ticks, int symbols, PatternParameters parameters)
        {
            _ticks = ticks;
            var names = new SymbolTable();
            Enumerable.Range(0, symbols).ToList().ForEach(i => names.Intern($"S{i}"));
            _bank = new PatternBank(new PatternSettings(parameters, new Dictionary<string, PatternParameters>()), names);
        }

        public void Run()
        {
            foreach (ref readonly var tick in _ticks.AsSpan())
            {
                _bank.Apply(tick with { TimeMicros = tick.TimeMicros + _later }, _found);
            }

            _later += _ticks[^1].TimeMicros - _ticks[0].TimeMicros + 1;
        }
    }
}
