using AITrader.Signals.Bars;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>Two like tops with a trough between them that a close goes below; or, upside down, two bottoms.</summary>
/// <param name="sign">1 for tops, -1 for bottoms: prices times the sign are tops in both.</param>
/// <param name="values">The parameters.</param>
internal sealed class DoubleDetector(int sign, PatternValues values) : BarDetector(values)
{
    internal static PatternDefinition Top { get; } = Define("double_top", 1, "two like tops, and a close below the trough between them");

    internal static PatternDefinition Bottom { get; } =
        Define("double_bottom", -1, "two like bottoms, and a close above the peak between them");

    private readonly FormationRules _rules = FormationRules.Of(values);
    private long _reported = -1; // bar of the second top that was reported

    internal override void Update(BarSeries series, ref Detections found)
    {
        var pivots = series.Pivots;
        if (
            pivots.Count < 3
            || pivots[0].Sign != sign
            || pivots[0].Bar == _reported
            || series.Count - 1 - pivots[0].Bar > _rules.MaxBars
            || series.Atr <= 0
        )
        {
            return;
        }

        var (first, neck, second) = (sign * pivots[2].Price, sign * pivots[1].Price, sign * pivots[0].Price);
        var depth = Math.Min(first, second) - neck;
        var apart = Math.Abs(first - second);
        var isBroken = sign * series[0].Close < neck;
        if (!isBroken || !(depth >= _rules.MinHeightAtr * series.Atr) || apart > _rules.Tolerance * depth)
        {
            return;
        }

        if (
            found.TryAdd(
                Pattern,
                series.Micros,
                SignalScore.Toward(-sign),
                _rules.Score(apart, depth, series.Atr),
                pivots[2].Price,
                pivots[0].Price,
                pivots[1].Price,
                depth,
                series.Atr
            )
        )
        {
            _reported = pivots[0].Bar;
        }
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_reported);
    }

    internal override void Load(ref StateReader reader)
    {
        _reported = reader.ReadInt64();
    }

    private static PatternDefinition Define(string name, int sign, string summary) =>
        new()
        {
            Name = name,
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Create = values => new DoubleDetector(sign, values),
            Evidence = ["first", "second", "neckline", "height", "atr"],
            Summary = summary,
            Source = PatternDefinition.EdwardsMagee,
            Parameters = FormationRules.Parameters(0.25, "how far the two may be apart", minHeightAtr: 2.0, maxBars: 30),
        };
}
