using AITrader.Domain.Signals;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>A bar closed below the lows of the bars before it.</summary>
internal sealed class BreakdownDetector(int lookback, double leastAtr, SignalGate gate) : IBarDetector
{
    private SignalGate _gate = gate;

    internal static BreakdownDetector Of(PatternValues values) =>
        new(values.Count("Lookback"), values["MinWidthAtr"], new SignalGate(values));

    public void Update(BarSeries series, ref Detections found)
    {
        if (series.Count <= lookback || series.AtrBefore <= 0)
        {
            return;
        }

        var atr = series.AtrBefore;
        var low = series.Lowest(1, lookback);
        var width = series.Highest(1, lookback) - low;
        var excess = low - series[0].Close;
        if (excess > 0 && width > 0 && width >= leastAtr * atr)
        {
            _gate.TryPass(
                series.Micros,
                SignalDirection.Bearish,
                0.5 + (0.5 * SignalGate.Saturate(excess, atr)),
                ref found,
                low,
                width,
                excess,
                atr
            );
        }
    }

    public void Save(StateWriter writer) => _gate.Save(writer);

    public void Load(ref StateReader reader) => _gate.Load(ref reader);
}
