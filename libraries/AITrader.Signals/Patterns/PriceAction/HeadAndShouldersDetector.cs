using AITrader.Signals.Bars;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>Three tops, the middle one highest, the outer ones alike, and a close below the line through the two troughs; or the same
/// upside down.</summary>
/// <param name="sign">1 for tops, -1 for bottoms.</param>
/// <param name="values">The parameters.</param>
internal sealed class HeadAndShouldersDetector(int sign, PatternValues values) : BarDetector(values)
{
    internal static PatternDefinition Upright { get; } =
        Define("head_and_shoulders", 1, "three tops, the middle one highest, and a close below the line through the troughs");

    internal static PatternDefinition Inverse { get; } =
        Define("inverse_head_and_shoulders", -1, "three bottoms, the middle one lowest, and a close above the line through the peaks");

    private readonly FormationRules _rules = FormationRules.Of(values);
    private long _reported = -1; // bar of the right shoulder that was reported

    internal override void Update(BarSeries series, ref Detections found)
    {
        var pivots = series.Pivots;
        if (
            pivots.Count < 5
            || pivots[0].Sign != sign
            || pivots[0].Bar == _reported
            || series.Count - 1 - pivots[0].Bar > _rules.MaxBars
            || series.Atr <= 0
        )
        {
            return;
        }

        var (left, head, right) = (sign * pivots[4].Price, sign * pivots[2].Price, sign * pivots[0].Price);
        var height = head - (sign * Line.Through(pivots[3], pivots[1]).At(pivots[2].Bar));
        var neck = Line.Through(pivots[3], pivots[1]).At(series.Count - 1);
        var apart = Math.Abs(left - right);
        var isShaped = head > left && head > right && height >= _rules.MinHeightAtr * series.Atr && apart <= _rules.Tolerance * height;
        if (!isShaped || !(sign * series[0].Close < sign * neck))
        {
            return;
        }

        Signal(series, height, neck, apart, ref found);
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_reported);
    }

    internal override void Load(ref StateReader reader)
    {
        _reported = reader.ReadInt64();
    }

    private void Signal(BarSeries series, double height, double neck, double apart, ref Detections found)
    {
        var pivots = series.Pivots;
        if (
            found.TryAdd(
                Pattern,
                series.Micros,
                SignalScore.Toward(-sign),
                _rules.Score(apart, height, series.Atr),
                pivots[4].Price,
                pivots[2].Price,
                pivots[0].Price,
                neck,
                height,
                series.Atr
            )
        )
        {
            _reported = pivots[0].Bar;
        }
    }

    private static PatternDefinition Define(string name, int sign, string summary) =>
        new()
        {
            Name = name,
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Create = values => new HeadAndShouldersDetector(sign, values),
            Evidence = ["left", "head", "right", "neckline", "height", "atr"],
            Summary = summary,
            Source = PatternDefinition.EdwardsMagee,
            Parameters = FormationRules.Parameters(0.35, "how far the shoulders may be apart", minHeightAtr: 2.5, maxBars: 30),
        };
}

/// <summary>A straight line over bars.</summary>
internal readonly record struct Line(double Price, long Bar, double Slope)
{
    /// <summary>The line through two pivots of different bars.</summary>
    internal static Line Through(in Pivot older, in Pivot newer) =>
        new(newer.Price, newer.Bar, (newer.Price - older.Price) / (newer.Bar - older.Bar));

    internal double At(long bar) => Price + (Slope * (bar - Bar));
}
