using AITrader.Signals.Bars;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>A pole, a rest that takes back little of it, and a close beyond the rest in the pole's direction.</summary>
internal sealed class FlagDetector : BarDetector
{
    internal static PatternDefinition Bull { get; } =
        Define("bull_flag", 1, "a rise, a rest that takes back little of it, and a close above the rest");

    internal static PatternDefinition Bear { get; } =
        Define("bear_flag", -1, "a fall, a rest that takes back little of it, and a close below the rest");

    private readonly int _sign;
    private readonly int _poleBars;
    private readonly double _poleAtr;
    private readonly double _mostRetrace;
    private readonly int _minBars;
    private readonly int _maxBars;
    private bool _isOpen;
    private int _bars;
    private double _pole;
    private double _atr;
    private double _top;
    private double _bottom;

    /// <param name="sign">1 for a rising pole, -1 for a falling one: prices times the sign rise in both.</param>
    /// <param name="values">The parameters.</param>
    internal FlagDetector(int sign, PatternValues values)
        : base(values)
    {
        _sign = sign;
        _poleBars = values.Count("PoleBars");
        _poleAtr = values["PoleAtr"];
        _mostRetrace = values["MaxRetrace"];
        _minBars = values.Count("MinBars");
        _maxBars = values.Count("MaxBars");
    }

    internal override int Lookback => _poleBars;

    internal override void Update(BarSeries series, ref Detections found)
    {
        if (_isOpen)
        {
            Continue(series, ref found);
        }

        if (!_isOpen)
        {
            Begin(series);
        }
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_isOpen);
        writer.Write(_bars);
        writer.Write(_pole);
        writer.Write(_atr);
        writer.Write(_top);
        writer.Write(_bottom);
    }

    internal override void Load(ref StateReader reader)
    {
        _isOpen = reader.ReadBoolean();
        _bars = reader.ReadInt32(0, int.MaxValue);
        _pole = reader.ReadDouble();
        _atr = reader.ReadDouble();
        _top = reader.ReadDouble();
        _bottom = reader.ReadDouble();
    }

    private double Far(in BarPrices bar) => _sign > 0 ? bar.High : -bar.Low;

    private double Near(in BarPrices bar) => _sign > 0 ? bar.Low : -bar.High;

    private void Begin(BarSeries series)
    {
        if (series.Count <= _poleBars || series.AtrBefore <= 0)
        {
            return;
        }

        var pole = _sign * (series[0].Close - series[_poleBars].Close);
        if (pole >= _poleAtr * series.AtrBefore)
        {
            (_isOpen, _bars, _pole, _atr) = (true, 0, pole, series.AtrBefore);
            _top = Far(series[0]);
            _bottom = _sign * series[0].Close;
        }
    }

    private void Continue(BarSeries series, ref Detections found)
    {
        ref readonly var bar = ref series[0];
        var close = _sign * bar.Close;
        if (close > _top)
        {
            _isOpen = false; // too early it is the pole that goes on
            if (_bars >= _minBars)
            {
                Signal(series, close, ref found);
            }

            return;
        }

        _bars++;
        _top = Math.Max(_top, Far(bar));
        _bottom = Math.Min(_bottom, Near(bar));
        _isOpen = _bars <= _maxBars && _top - _bottom <= _mostRetrace * _pole;
    }

    private void Signal(BarSeries series, double close, ref Detections found)
    {
        var retrace = (_top - _bottom) / _pole;
        var tightness = _mostRetrace > 0 ? 1.0 - (retrace / _mostRetrace) : 1.0;
        var score = (0.5 * Math.Clamp(tightness, 0.0, 1.0)) + (0.5 * SignalScore.Saturate(_pole, _poleAtr * _atr));
        found.TryAdd(
            Pattern,
            series.Micros,
            SignalScore.Toward(_sign),
            score,
            _pole,
            _sign * _top,
            _sign * _bottom,
            retrace,
            close - _top,
            _atr
        );
    }

    private static PatternDefinition Define(string name, int sign, string summary) =>
        new()
        {
            Name = name,
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Create = values => new FlagDetector(sign, values),
            Evidence = ["pole", "edge", "far_edge", "retrace", "excess", "atr"],
            Summary = summary,
            Source = PatternDefinition.EdwardsMagee,
            Parameters =
            [
                new("PoleBars", ParameterUnit.Count, 5, 1, BarSeries.MaxBars, "bars of the pole"),
                new("PoleAtr", ParameterUnit.Number, 3.0, 0.01, 1000, "least length of the pole, in average true ranges"),
                new("MaxRetrace", ParameterUnit.Number, 0.5, 0, 1, "most height of the rest, as a part of the pole"),
                new("MinBars", ParameterUnit.Count, 3, 1, 1000, "least bars of the rest"),
                new("MaxBars", ParameterUnit.Count, 15, 1, 1000, "most bars of the rest") { NotBelow = "MinBars" },
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        };
}
