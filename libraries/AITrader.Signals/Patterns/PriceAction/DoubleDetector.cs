using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>Two like tops with a trough between them that a close goes below; or, upside down, two bottoms.</summary>
/// <param name="sign">1 for tops, -1 for bottoms: prices times the sign are tops in both.</param>
/// <param name="rules">The parameters.</param>
/// <param name="gate">Where detections go.</param>
internal sealed class DoubleDetector(int sign, FormationRules rules, SignalGate gate) : IBarDetector
{
    private SignalGate _gate = gate;
    private long _told = -1; // bar of the second top that was told of

    public void Update(BarSeries series, ref Detections found)
    {
        var pivots = series.Pivots;
        if (
            pivots.Count < 3
            || pivots[0].Sign != sign
            || pivots[0].Bar == _told
            || series.Count - 1 - pivots[0].Bar > rules.MaxBars
            || series.Atr <= 0
        )
        {
            return;
        }

        var (first, neck, second) = (sign * pivots[2].Price, sign * pivots[1].Price, sign * pivots[0].Price);
        var depth = Math.Min(first, second) - neck;
        var apart = Math.Abs(first - second);
        var isBroken = sign * series[0].Close < neck;
        if (!isBroken || !(depth >= rules.MinHeightAtr * series.Atr) || apart > rules.Tolerance * depth)
        {
            return;
        }

        if (
            _gate.TryPass(
                series.Micros,
                SignalGate.Toward(-sign),
                rules.Score(apart, depth, series.Atr),
                ref found,
                pivots[2].Price,
                pivots[0].Price,
                pivots[1].Price,
                depth,
                series.Atr
            )
        )
        {
            _told = pivots[0].Bar;
        }
    }

    public void Save(StateWriter writer)
    {
        _gate.Save(writer);
        writer.Write(_told);
    }

    public void Load(ref StateReader reader)
    {
        _gate.Load(ref reader);
        _told = reader.ReadInt64();
    }
}
