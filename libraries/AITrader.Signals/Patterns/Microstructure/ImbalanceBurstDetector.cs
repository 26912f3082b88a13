using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>The best quotes have been lopsided for a while: the quantity on one side outweighs the other's.</summary>
/// <remarks>The average weighs by time, w = tau / (tau + dt), so that a flood of quotes in one instant counts as the instant it
/// is.</remarks>
internal sealed class ImbalanceBurstDetector(PatternValues values) : QuoteDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "imbalance_burst",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Create = static values => new ImbalanceBurstDetector(values),
            Evidence = ["imbalance", "last_imbalance", "bid_size", "ask_size"],
            Summary = "the quantities at bid and ask have been lopsided for a while",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Tau", ParameterUnit.Seconds, 2.0, 0.001, 3600, "time after which half of an average is new"),
                new("Exit", ParameterUnit.Number, 0.4, 0, 1, "average below which it is armed again"),
                new("Entry", ParameterUnit.Number, 0.9, 0.01, 1, "average that makes a signal") { NotBelow = "Exit" },
                new("Warmup", ParameterUnit.Count, 100, 1, 1 << 16, "quotes before the first signal"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 10),
            ],
        };

    private readonly double _tau = values["Tau"] * EventTime.MicrosPerSecond;
    private readonly double _entry = values["Entry"];
    private readonly double _exit = values["Exit"];
    private readonly int _warmup = values.Count("Warmup");
    private int _seen;
    private long _time;
    private double _last;
    private double _mean;
    private bool _outside;

    internal override void Update(in PackedTick quote, ref Detections found)
    {
        var both = (double)quote.BidSize.Raw + quote.AskSize.Raw;
        if (quote.BidSize.Raw <= 0 || quote.AskSize.Raw <= 0)
        {
            return;
        }

        // What the last quote said held until now.
        var weight = _tau / (_tau + Math.Max(quote.TimeMicros - _time, 0));
        _mean = _seen == 0 ? 0.0 : _last + ((_mean - _last) * weight);
        _last = ((double)quote.BidSize.Raw - quote.AskSize.Raw) / both;
        _time = quote.TimeMicros;
        _seen += _seen < _warmup ? 1 : 0;
        var size = Math.Abs(_mean);
        _outside &= size >= _exit;
        if (_seen >= _warmup && size >= _entry && !_outside)
        {
            var score = _entry < 1 ? 0.5 + (0.5 * ((size - _entry) / (1.0 - _entry))) : 1.0;
            _outside = found.TryAdd(
                Pattern,
                _time,
                SignalScore.Toward(_mean),
                Math.Min(score, 1.0),
                _mean,
                _last,
                quote.BidSize.ToDouble(),
                quote.AskSize.ToDouble()
            );
        }
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_seen);
        writer.Write(_time);
        writer.Write(_last);
        writer.Write(_mean);
        writer.Write(_outside);
    }

    internal override void Load(ref StateReader reader)
    {
        _seen = reader.ReadInt32(0, _warmup);
        _time = reader.ReadInt64();
        _last = reader.ReadDouble();
        _mean = reader.ReadDouble();
        _outside = reader.ReadBoolean();
    }
}
