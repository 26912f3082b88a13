using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>Three tops, the middle one highest, the outer ones alike, and a close below the line through the two troughs; or the same
/// upside down.</summary>
/// <param name="sign">1 for tops, -1 for bottoms.</param>
/// <param name="rules">The parameters.</param>
/// <param name="gate">Where detections go.</param>
internal sealed class HeadAndShouldersDetector(int sign, FormationRules rules, SignalGate gate) : IBarDetector
{
    private SignalGate _gate = gate;
    private long _told = -1; // bar of the right shoulder that was told of

    public void Update(BarSeries series, ref Detections found)
    {
        var pivots = series.Pivots;
        if (
            pivots.Count < 5
            || pivots[0].Sign != sign
            || pivots[0].Bar == _told
            || series.Count - 1 - pivots[0].Bar > rules.MaxBars
            || series.Atr <= 0
        )
        {
            return;
        }

        var (left, head, right) = (sign * pivots[4].Price, sign * pivots[2].Price, sign * pivots[0].Price);
        var height = head - (sign * Line.Through(pivots[3], pivots[1]).At(pivots[2].Bar));
        var neck = Line.Through(pivots[3], pivots[1]).At(series.Count - 1);
        var apart = Math.Abs(left - right);
        var isShaped = head > left && head > right && height >= rules.MinHeightAtr * series.Atr && apart <= rules.Tolerance * height;
        if (!isShaped || !(sign * series[0].Close < sign * neck))
        {
            return;
        }

        if (
            _gate.TryPass(
                series.Micros,
                SignalGate.Toward(-sign),
                rules.Score(apart, height, series.Atr),
                ref found,
                pivots[4].Price,
                pivots[2].Price,
                pivots[0].Price,
                neck,
                height,
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

/// <summary>A straight line over bars.</summary>
internal readonly record struct Line(double Price, long Bar, double Slope)
{
    /// <summary>The line through two pivots of different bars.</summary>
    internal static Line Through(in Pivot older, in Pivot newer) =>
        new(newer.Price, newer.Bar, (newer.Price - older.Price) / (newer.Bar - older.Bar));

    internal double At(long bar) => Price + (Slope * (bar - Bar));
}
