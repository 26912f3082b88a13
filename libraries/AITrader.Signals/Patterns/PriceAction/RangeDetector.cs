using AITrader.Signals.Bars;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>The price has moved sideways between two edges that it touched again and again, and is at one of them: it is expected to
/// turn.</summary>
internal sealed class RangeDetector : BarDetector
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "range",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Create = static values => new RangeDetector(values),
            Evidence = ["high", "low", "touches_high", "touches_low", "atr"],
            Summary = "a sideways movement whose edge is touched once more",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Lookback", ParameterUnit.Count, 30, 2, BarSeries.MaxBars, "bars of the range"),
                new("MaxHeightAtr", ParameterUnit.Number, 5.0, 0.01, 1000, "most height, in average true ranges"),
                new("Edge", ParameterUnit.Number, 0.1, 0, 0.25, "width of an edge, as a part of the height"),
                new("MinTouches", ParameterUnit.Count, 2, 1, 1000, "bars that must have touched each edge"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        };

    private const double LeastAway = 2.0; // edges away from which it is armed again

    private readonly int _lookback;
    private readonly double _widest;
    private readonly double _edge;
    private readonly int _touches;
    private bool _isAtEdge;

    internal RangeDetector(PatternValues values)
        : base(values)
    {
        _lookback = values.Count("Lookback");
        _widest = values["MaxHeightAtr"];
        _edge = values["Edge"];
        _touches = values.Count("MinTouches");
    }

    internal override int Lookback => _lookback;

    internal override void Update(BarSeries series, ref Detections found)
    {
        if (series.Count <= _lookback || series.AtrBefore <= 0)
        {
            return;
        }

        var (high, low) = (series.Highest(1, _lookback), series.Lowest(1, _lookback));
        var height = high - low;
        var close = series[0].Close;
        var edge = _edge * height;
        _isAtEdge &= close >= high - (LeastAway * edge) || close <= low + (LeastAway * edge);
        var isInside = close <= high && close >= low && (close >= high - edge || close <= low + edge);
        if (_isAtEdge || !isInside || height <= 0 || height > _widest * series.AtrBefore)
        {
            return;
        }

        Signal(series, high, low, edge, ref found);
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_isAtEdge);
    }

    internal override void Load(ref StateReader reader)
    {
        _isAtEdge = reader.ReadBoolean();
    }

    private void Signal(BarSeries series, double high, double low, double edge, ref Detections found)
    {
        var (above, below) = (0, 0);
        for (var ago = 1; ago <= _lookback; ago++)
        {
            above += series[ago].High >= high - edge ? 1 : 0;
            below += series[ago].Low <= low + edge ? 1 : 0;
        }

        var touches = Math.Min(above, below);
        if (touches < _touches)
        {
            return;
        }

        var atr = series.AtrBefore;
        var score = (0.5 * (1.0 - ((high - low) / (_widest * atr)))) + (0.5 * SignalScore.Saturate(touches, _touches));
        var isHigh = series[0].Close >= high - edge;
        _isAtEdge = found.TryAdd(Pattern, series.Micros, SignalScore.Toward(isHigh ? -1 : 1), score, high, low, above, below, atr);
    }
}
