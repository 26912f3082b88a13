using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Momentum;

/// <summary>The MACD line of closes crossed its signal line by more than a band.</summary>
internal sealed class MacdCrossDetector : BarDetector
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "macd_cross",
            Family = PatternFamily.Momentum,
            Input = PatternInput.Bar,
            Create = static values => new MacdCrossDetector(values),
            Evidence = ["line", "signal", "histogram", "atr"],
            Summary = "the MACD line of closes crossed its signal line by more than a band",
            Source = "G. Appel; docs/formulas.md",
            Parameters =
            [
                new("Fast", ParameterUnit.Count, 12, 1, 1000, "bars of the fast average"),
                new("Slow", ParameterUnit.Count, 26, 2, 1000, "bars of the slow average") { Above = "Fast" },
                new("Signal", ParameterUnit.Count, 9, 1, 1000, "bars of the signal line"),
                new("BandAtr", ParameterUnit.Number, 0.02, 0, 1000, "distance that confirms a cross, in average true ranges"),
                new("ScoreAtr", ParameterUnit.Number, 0.1, 0, 1000, "distance at which the score is one half, in average true ranges"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        };

    /// <summary>Share of the price: where the market stands still, the range fades below what rounds off the averages.</summary>
    private const double Rounding = 1e-12;

    private readonly Macd _macd;
    private readonly double _band;
    private readonly double _scale;
    private int _side;

    internal MacdCrossDetector(PatternValues values)
        : base(values)
    {
        _macd = new Macd(values.Count("Fast"), values.Count("Slow"), values.Count("Signal"));
        _band = values["BandAtr"];
        _scale = values["ScoreAtr"];
    }

    internal override void Update(BarSeries series, ref Detections found)
    {
        _macd.Update(series[0].Close);
        if (!_macd.IsReady || series.Atr <= Rounding * Math.Abs(series[0].Close))
        {
            return;
        }

        var histogram = _macd.Histogram;
        var before = _side;
        _side =
            histogram > _band * series.Atr ? 1
            : histogram < -_band * series.Atr ? -1
            : _side;
        if (before != 0 && _side != before)
        {
            var score = SignalScore.Saturate(Math.Abs(histogram), _scale * series.Atr);
            found.TryAdd(Pattern, series.Micros, SignalScore.Toward(_side), score, _macd.Value, _macd.Signal, histogram, series.Atr);
        }
    }

    internal override void Save(StateWriter writer)
    {
        _macd.Save(writer);
        writer.Write(_side);
    }

    internal override void Load(ref StateReader reader)
    {
        _macd.Load(ref reader);
        _side = reader.ReadInt32(-1, 1);
    }
}
