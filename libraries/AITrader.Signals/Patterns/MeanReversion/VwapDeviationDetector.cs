using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.MeanReversion;

/// <summary>The price is far from the session's VWAP, measured in standard deviations: it is expected to come back.</summary>
internal sealed class VwapDeviationDetector(PatternValues values) : TradeDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "vwap_deviation",
            Family = PatternFamily.MeanReversion,
            Input = PatternInput.Tick,
            Create = static values => new VwapDeviationDetector(values),
            Evidence = ["vwap", "std_dev", "z"],
            Summary = "the price is far from the session's VWAP, in standard deviations",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Exit", ParameterUnit.Number, 1.5, 0, 100, "standard deviations below which it is armed again"),
                new("Entry", ParameterUnit.Number, 2.0, double.Epsilon, 100, "standard deviations that make a signal")
                {
                    NotBelow = "Exit",
                },
                new("Warmup", ParameterUnit.Count, 100, 2, int.MaxValue, "trades of the session before the first signal"),
                .. PatternDefinition.TickEnds(cooldown: 5, horizon: 60),
            ],
        };

    private readonly double _entry = values["Entry"];
    private readonly double _exit = values["Exit"];
    private readonly int _warmup = values.Count("Warmup");
    private bool _outside;

    internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
    {
        if (state.SessionTrades < _warmup)
        {
            return;
        }

        var away = state.Last - state.Vwap;
        if (!_outside && Deviations.AreSurelyBelow(_entry, away, state.Variance))
        {
            return;
        }

        var deviation = state.StdDev;
        if (deviation <= 0)
        {
            return;
        }

        var z = away / deviation;
        var size = Math.Abs(z);
        _outside &= size >= _exit;
        if (size >= _entry && !_outside)
        {
            var score = Math.Min(1.0, size / (2.0 * _entry));
            _outside = found.TryAdd(Pattern, state.TimeMicros, SignalScore.Toward(-z), score, state.Vwap, deviation, z);
        }
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_outside);
    }

    internal override void Load(ref StateReader reader)
    {
        _outside = reader.ReadBoolean();
    }
}
