using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>A pole, a rest that takes back little of it, and a close beyond the rest in the pole's direction.</summary>
internal sealed class FlagDetector : IBarDetector
{
    private readonly int _sign;
    private readonly int _poleBars;
    private readonly double _poleAtr;
    private readonly double _mostRetrace;
    private readonly int _minBars;
    private readonly int _maxBars;
    private SignalGate _gate;
    private bool _isOpen;
    private int _bars;
    private double _pole;
    private double _atr;
    private double _top;
    private double _bottom;

    /// <param name="sign">1 for a rising pole, -1 for a falling one: prices times the sign rise in both.</param>
    /// <param name="values">The parameters.</param>
    internal FlagDetector(int sign, PatternValues values)
    {
        _sign = sign;
        _poleBars = values.Count("PoleBars");
        _poleAtr = values["PoleAtr"];
        _mostRetrace = values["MaxRetrace"];
        _minBars = values.Count("MinBars");
        _maxBars = values.Count("MaxBars");
        _gate = new SignalGate(values);
    }

    public void Update(BarSeries series, ref Detections found)
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

    public void Save(StateWriter writer)
    {
        _gate.Save(writer);
        writer.Write(_isOpen);
        writer.Write(_bars);
        writer.Write(_pole);
        writer.Write(_atr);
        writer.Write(_top);
        writer.Write(_bottom);
    }

    public void Load(ref StateReader reader)
    {
        _gate.Load(ref reader);
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
        var score = (0.5 * Math.Clamp(tightness, 0.0, 1.0)) + (0.5 * SignalGate.Saturate(_pole, _poleAtr * _atr));
        _gate.TryPass(
            series.Micros,
            SignalGate.Toward(_sign),
            score,
            ref found,
            _pole,
            _sign * _top,
            _sign * _bottom,
            retrace,
            close - _top,
            _atr
        );
    }
}
