using AITrader.Domain.Signals;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>The fast average went from one side of the slow one to the other, by more than a band.</summary>
internal struct EmaCrossDetector(PatternParameters parameters)
{
    private readonly double _band = parameters.EmaCrossBandBps / BasisPoints;
    private readonly double _scale = parameters.EmaCrossScoreBps;
    private readonly double _horizon = parameters.Of(PatternCatalogue.EmaCross).HorizonSeconds;
    private CoolDown _coolDown = new(parameters.EmaCrossCooldown);
    private int _side;

    private const double BasisPoints = 10_000.0;

    internal bool TryDetect(SymbolState state, out Detection detection)
    {
        detection = default;
        if (!state.IsReady)
        {
            return false;
        }

        var spread = state.EmaFast - state.EmaSlow;
        var band = _band * state.Last;
        var side = _side;
        if (spread > band)
        {
            side = 1;
        }
        else if (spread < -band)
        {
            side = -1;
        }

        var before = _side;
        _side = side;
        return side != before && before != 0 && Signal(state, side, band, out detection);
    }

    internal readonly void Save(StateWriter writer)
    {
        writer.Write(_side);
        _coolDown.Save(writer);
    }

    internal void Load(ref StateReader reader)
    {
        _side = reader.ReadInt32(-1, 1);
        _coolDown.Load(ref reader);
    }

    private bool Signal(SymbolState state, int side, double band, out Detection detection)
    {
        var distance = Math.Abs(state.Last - state.EmaSlow) / state.Last * BasisPoints;
        detection = new Detection
        {
            Pattern = PatternCatalogue.EmaCross,
            Direction = side > 0 ? SignalDirection.Bullish : SignalDirection.Bearish,
            Score = distance / (distance + _scale),
            HorizonSeconds = _horizon,
        }.With(state.EmaFast, state.EmaSlow, band, distance);
        return _coolDown.TryEnter(state.TimeMicros);
    }
}
