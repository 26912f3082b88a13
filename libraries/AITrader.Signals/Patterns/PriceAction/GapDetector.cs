using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>A bar that lies wholly above or below the one before.</summary>
internal sealed class GapDetector(double leastAtr, SignalGate gate) : IBarDetector
{
    private SignalGate _gate = gate;

    internal static GapDetector Of(PatternValues values) => new(values["MinAtr"], new SignalGate(values));

    public void Update(BarSeries series, ref Detections found)
    {
        if (series.Count < 2 || series.AtrBefore <= 0)
        {
            return;
        }

        ref readonly var bar = ref series[0];
        ref readonly var before = ref series[1];
        var up = bar.Low - before.High;
        var down = before.Low - bar.High;
        var gap = Math.Max(up, down);
        if (gap > 0 && gap >= leastAtr * series.AtrBefore)
        {
            var (from, to) = up > 0 ? (before.High, bar.Low) : (before.Low, bar.High);
            _gate.TryPass(
                series.Micros,
                SignalGate.Toward(up),
                SignalGate.Saturate(gap, series.AtrBefore),
                ref found,
                from,
                to,
                gap,
                series.AtrBefore
            );
        }
    }

    public void Save(StateWriter writer) => _gate.Save(writer);

    public void Load(ref StateReader reader) => _gate.Load(ref reader);
}
