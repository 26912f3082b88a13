using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>The price left the channel of the trades before it.</summary>
internal sealed class BreakoutDetector(PatternValues values) : TradeDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "breakout",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Tick,
            ChannelParameter = "Lookback",
            Create = static values => new BreakoutDetector(values),
            Evidence = ["channel_high", "channel_low", "excess", "width_bps"],
            Summary = "a trade outside the channel of the trades before it, above or below",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Lookback", ParameterUnit.Count, 200, 2, 1 << 16, "trades of the channel"),
                new("MinWidthBps", ParameterUnit.BasisPoints, 0.5, 0, 10_000, "least width of the channel"),
                .. PatternDefinition.TickEnds(cooldown: 5, horizon: 60),
            ],
        };

    private const double BasisPoints = 10_000.0;

    private readonly int _lookback = values.Count("Lookback");
    private readonly double _minWidthBps = values["MinWidthBps"];

    internal override bool IsStateless => true;

    internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
    {
        var price = state.Last;
        var isAbove = price > state.ChannelHigh;
        if ((!isAbove && price >= state.ChannelLow) || state.Trades <= _lookback)
        {
            return;
        }

        var width = state.ChannelHigh - state.ChannelLow;
        var widthBps = width / price * BasisPoints;
        if (widthBps > 0 && widthBps >= _minWidthBps)
        {
            var excess = isAbove ? price - state.ChannelHigh : state.ChannelLow - price;
            found.TryAdd(
                Pattern,
                state.TimeMicros,
                SignalScore.Toward(isAbove ? 1 : -1),
                0.5 + (0.5 * SignalScore.Saturate(excess, state.Atr)),
                state.ChannelHigh,
                state.ChannelLow,
                excess,
                widthBps
            );
        }
    }
}
