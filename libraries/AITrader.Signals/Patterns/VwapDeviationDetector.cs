using AITrader.Domain.Signals;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>The price is far from the session's VWAP, measured in standard deviations: it is expected to come back.</summary>
internal struct VwapDeviationDetector(PatternParameters parameters)
{
    private readonly double _entry = parameters.VwapEntry;
    private readonly double _exit = parameters.VwapExit;
    private readonly int _warmup = parameters.VwapWarmup;
    private readonly double _horizon = parameters.Of(PatternCatalogue.VwapDeviation).HorizonSeconds;
    private CoolDown _coolDown = new(parameters.VwapCooldown);
    private bool _outside;

    internal bool TryDetect(SymbolState state, out Detection detection)
    {
        detection = default;
        if (state.SessionTrades < _warmup)
        {
            return false;
        }

        var deviation = state.StdDev;
        if (deviation <= 0)
        {
            return false;
        }

        var z = (state.Last - state.Vwap) / deviation;
        var size = Math.Abs(z);
        _outside &= size >= _exit;
        return size >= _entry && !_outside && Signal(state, deviation, z, out detection);
    }

    internal readonly void Save(StateWriter writer)
    {
        writer.Write(_outside);
        _coolDown.Save(writer);
    }

    internal void Load(ref StateReader reader)
    {
        _outside = reader.ReadBoolean();
        _coolDown.Load(ref reader);
    }

    private bool Signal(SymbolState state, double deviation, double z, out Detection detection)
    {
        detection = new Detection
        {
            Pattern = PatternCatalogue.VwapDeviation,
            Direction = z > 0 ? SignalDirection.Bearish : SignalDirection.Bullish,
            Score = Math.Min(1.0, Math.Abs(z) / (2.0 * _entry)),
            HorizonSeconds = _horizon,
        }.With(state.Vwap, deviation, z);
        _outside = _coolDown.TryEnter(state.TimeMicros);
        return _outside;
    }
}
