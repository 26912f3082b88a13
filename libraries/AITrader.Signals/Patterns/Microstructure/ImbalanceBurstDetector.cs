using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>The best quotes have been lopsided for a while: the quantity on one side outweighs the other's.</summary>
/// <remarks>The average weighs by time, w = tau / (tau + dt), so that a flood of quotes in one instant counts as the instant it
/// is.</remarks>
internal struct ImbalanceBurstDetector(PatternValues values)
{
    private readonly double _tau = values["Tau"] * EventTime.MicrosPerSecond;
    private readonly double _entry = values["Entry"];
    private readonly double _exit = values["Exit"];
    private readonly int _warmup = values.Count("Warmup");
    private SignalGate _gate = new(values);
    private int _seen;
    private long _time;
    private double _last;
    private double _mean;
    private bool _outside;

    internal void Update(in PackedTick quote, ref Detections found)
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
            _outside = _gate.TryPass(
                _time,
                SignalGate.Toward(_mean),
                Math.Min(score, 1.0),
                ref found,
                _mean,
                _last,
                quote.BidSize.ToDouble(),
                quote.AskSize.ToDouble()
            );
        }
    }

    internal readonly void Save(StateWriter writer)
    {
        _gate.Save(writer);
        writer.Write(_seen);
        writer.Write(_time);
        writer.Write(_last);
        writer.Write(_mean);
        writer.Write(_outside);
    }

    internal void Load(ref StateReader reader)
    {
        _gate.Load(ref reader);
        _seen = reader.ReadInt32(0, _warmup);
        _time = reader.ReadInt64();
        _last = reader.ReadDouble();
        _mean = reader.ReadDouble();
        _outside = reader.ReadBoolean();
    }
}
