using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Momentum;

/// <summary>The fast average went from one side of the slow one to the other, by more than a band.</summary>
internal sealed class EmaCrossDetector(PatternValues values) : TradeDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "ema_cross",
            Family = PatternFamily.Momentum,
            Input = PatternInput.Tick,
            Create = static values => new EmaCrossDetector(values),
            Evidence = ["ema_fast", "ema_slow", "band", "distance_bps"],
            Summary = "the fast average of trade prices crossed the slow one by more than a band",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("BandBps", ParameterUnit.BasisPoints, 0.1, 0, 10_000, "distance of the averages that confirms a cross"),
                new(
                    "ScoreBps",
                    ParameterUnit.BasisPoints,
                    1.0,
                    double.Epsilon,
                    10_000,
                    "distance of price and slow average at which the score is one half"
                ),
                .. PatternDefinition.TickEnds(cooldown: 5, horizon: 60),
            ],
        };

    private const double BasisPoints = 10_000.0;

    private readonly double _band = values["BandBps"] / BasisPoints;
    private readonly double _scale = values["ScoreBps"];
    private int _side;

    internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
    {
        if (!state.IsReady)
        {
            return;
        }

        var spread = state.EmaFast - state.EmaSlow;
        var band = _band * state.Last;
        var before = _side;
        if (spread > band)
        {
            _side = 1;
        }
        else if (spread < -band)
        {
            _side = -1;
        }

        if (_side != before && before != 0)
        {
            var distance = Math.Abs(state.Last - state.EmaSlow) / state.Last * BasisPoints;
            found.TryAdd(
                Pattern,
                state.TimeMicros,
                SignalScore.Toward(_side),
                SignalScore.Saturate(distance, _scale),
                state.EmaFast,
                state.EmaSlow,
                band,
                distance
            );
        }
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_side);
    }

    internal override void Load(ref StateReader reader)
    {
        _side = reader.ReadInt32(-1, 1);
    }
}
