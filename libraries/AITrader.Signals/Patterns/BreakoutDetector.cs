using AITrader.Domain.Signals;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>The price left the channel of the trades before it.</summary>
internal struct BreakoutDetector(PatternParameters parameters)
{
    private const double BasisPoints = 10_000.0;

    private readonly int _lookback = parameters.BreakoutLookback;
    private readonly double _least = parameters.BreakoutMinWidthBps;
    private readonly double _horizon = parameters.Of(PatternCatalogue.Breakout).HorizonSeconds;
    private CoolDown _coolDown = new(parameters.BreakoutCooldown);

    internal bool TryDetect(SymbolState state, out Detection detection)
    {
        detection = default;
        var price = state.Last;
        var isAbove = price > state.ChannelHigh;
        if ((!isAbove && price >= state.ChannelLow) || state.Trades <= _lookback)
        {
            return false;
        }

        var width = state.ChannelHigh - state.ChannelLow;
        var widthBps = width / price * BasisPoints;
        return widthBps > 0 && widthBps >= _least && Signal(state, isAbove, widthBps, out detection);
    }

    internal readonly void Save(StateWriter writer) => _coolDown.Save(writer);

    internal void Load(ref StateReader reader) => _coolDown.Load(ref reader);

    private bool Signal(SymbolState state, bool isAbove, double widthBps, out Detection detection)
    {
        var excess = isAbove ? state.Last - state.ChannelHigh : state.ChannelLow - state.Last;
        detection = new Detection
        {
            Pattern = PatternCatalogue.Breakout,
            Direction = isAbove ? SignalDirection.Bullish : SignalDirection.Bearish,
            Score = 0.5 + (0.5 * (excess / (excess + state.Atr))),
            HorizonSeconds = _horizon,
        }.With(state.ChannelHigh, state.ChannelLow, excess, widthBps);
        return _coolDown.TryEnter(state.TimeMicros);
    }
}
