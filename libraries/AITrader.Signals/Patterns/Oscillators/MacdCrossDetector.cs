using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns.PriceAction;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Oscillators;

/// <summary>The MACD line of closes crossed its signal line by more than a band.</summary>
internal sealed class MacdCrossDetector : IBarDetector
{
    /// <summary>Share of the price: where the market stands still, the range fades below what rounds off the averages.</summary>
    private const double Rounding = 1e-12;

    private readonly Macd _macd;
    private readonly double _band;
    private readonly double _scale;
    private SignalGate _gate;
    private int _side;

    internal MacdCrossDetector(PatternValues values)
    {
        _macd = new Macd(values.Count("Fast"), values.Count("Slow"), values.Count("Signal"));
        _band = values["BandAtr"];
        _scale = values["ScoreAtr"];
        _gate = new SignalGate(values);
    }

    public void Update(BarSeries series, ref Detections found)
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
            var score = SignalGate.Saturate(Math.Abs(histogram), _scale * series.Atr);
            _gate.TryPass(series.Micros, SignalGate.Toward(_side), score, ref found, _macd.Value, _macd.Signal, histogram, series.Atr);
        }
    }

    public void Save(StateWriter writer)
    {
        _macd.Save(writer);
        _gate.Save(writer);
        writer.Write(_side);
    }

    public void Load(ref StateReader reader)
    {
        _macd.Load(ref reader);
        _gate.Load(ref reader);
        _side = reader.ReadInt32(-1, 1);
    }
}
