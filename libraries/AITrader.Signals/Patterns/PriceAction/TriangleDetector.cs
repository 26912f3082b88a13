using AITrader.Signals.Bars;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>Which sides of a triangle slope.</summary>
internal enum TriangleShape
{
    /// <summary>Level highs, rising lows; broken upwards.</summary>
    Ascending,

    /// <summary>Falling highs, level lows; broken downwards.</summary>
    Descending,

    /// <summary>Falling highs, rising lows; broken either way.</summary>
    Symmetric,
}

/// <summary>Two highs and two lows whose lines come together, and a close beyond one of the lines.</summary>
internal sealed class TriangleDetector(TriangleShape shape, PatternValues values) : BarDetector(values)
{
    internal static PatternDefinition Ascending { get; } =
        Define("ascending_triangle", TriangleShape.Ascending, "level highs, rising lows, and a close above");

    internal static PatternDefinition Descending { get; } =
        Define("descending_triangle", TriangleShape.Descending, "falling highs, level lows, and a close below");

    internal static PatternDefinition Symmetric { get; } =
        Define("symmetric_triangle", TriangleShape.Symmetric, "falling highs, rising lows, and a close beyond either line");

    private readonly FormationRules _rules = FormationRules.Of(values);
    private long _reported = -1; // bar of the newest pivot of the triangle that was reported

    internal override void Update(BarSeries series, ref Detections found)
    {
        var pivots = series.Pivots;
        if (pivots.Count < 4 || pivots[0].Bar == _reported || series.Count - 1 - pivots[0].Bar > _rules.MaxBars || series.Atr <= 0)
        {
            return;
        }

        var newestIsHigh = pivots[0].Sign > 0;
        var upper = newestIsHigh ? (Older: pivots[2], Newer: pivots[0]) : (Older: pivots[3], Newer: pivots[1]);
        var lower = newestIsHigh ? (Older: pivots[3], Newer: pivots[1]) : (Older: pivots[2], Newer: pivots[0]);
        var height = upper.Older.Price - lower.Older.Price;
        if (
            !(height >= _rules.MinHeightAtr * series.Atr)
            || !HasShape(upper.Newer.Price - upper.Older.Price, lower.Newer.Price - lower.Older.Price, _rules.Tolerance * height)
        )
        {
            return;
        }

        var (top, bottom) = (
            Line.Through(upper.Older, upper.Newer).At(series.Count - 1),
            Line.Through(lower.Older, lower.Newer).At(series.Count - 1)
        );
        Decide(series, top, bottom, height, ref found);
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_reported);
    }

    internal override void Load(ref StateReader reader)
    {
        _reported = reader.ReadInt64();
    }

    private bool HasShape(double highs, double lows, double level) =>
        shape switch
        {
            TriangleShape.Ascending => Math.Abs(highs) <= level && lows > level,
            TriangleShape.Descending => highs < -level && Math.Abs(lows) <= level,
            _ => highs < -level && lows > level,
        };

    private void Decide(BarSeries series, double top, double bottom, double height, ref Detections found)
    {
        var close = series[0].Close;
        var above = shape == TriangleShape.Descending ? 0.0 : close - top;
        var below = shape == TriangleShape.Ascending ? 0.0 : bottom - close;
        var excess = Math.Max(above, below);

        // Beyond the point where the lines meet there is no triangle any more.
        if (excess <= 0 || top <= bottom)
        {
            return;
        }

        var score = 0.5 + (0.5 * SignalScore.Saturate(excess, series.Atr));
        if (found.TryAdd(Pattern, series.Micros, SignalScore.Toward(above - below), score, top, bottom, height, excess, series.Atr))
        {
            _reported = series.Pivots[0].Bar;
        }
    }

    private static PatternDefinition Define(string name, TriangleShape shape, string summary) =>
        new()
        {
            Name = name,
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Create = values => new TriangleDetector(shape, values),
            Evidence = ["upper", "lower", "height", "excess", "atr"],
            Summary = summary,
            Source = PatternDefinition.EdwardsMagee,
            Parameters = FormationRules.Parameters(0.2, "what still is level", minHeightAtr: 2.0, maxBars: 20),
        };
}
