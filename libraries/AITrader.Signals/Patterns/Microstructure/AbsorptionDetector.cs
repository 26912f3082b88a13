using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>One side traded much, and the price did not move: someone stands against it.</summary>
internal struct AbsorptionDetector(PatternValues values)
{
    private const double BasisPoints = 10_000.0;

    private readonly double _factor = values["Factor"];
    private readonly double _dominance = values["MinDominance"];
    private readonly double _widest = values["MaxMoveBps"];
    private readonly long _window = values.Micros("Window");
    private readonly int _warmup = values.Count("MeanTrades");
    private Ema _size = new(values.Count("MeanTrades"));
    private SignalGate _gate = new(values);
    private int _seen;
    private long _anchor;
    private long _started;
    private double _bought;
    private double _sold;

    internal void Update(in PackedTick trade, int side, ref Detections found)
    {
        var usual = _size.Value;
        var isWarm = _seen >= _warmup;
        _size.Update(trade.Size.ToDouble());
        _seen += isWarm ? 0 : 1;
        var away = Math.Abs(trade.Price.Nanos - _anchor) / (double)trade.Price.Nanos * BasisPoints;
        if (_anchor == 0 || away > _widest || trade.TimeMicros - _started > _window)
        {
            Begin(trade);
        }

        _bought += side > 0 ? trade.Size.ToDouble() : 0;
        _sold += side < 0 ? trade.Size.ToDouble() : 0;
        if (isWarm && usual > 0)
        {
            Decide(trade.TimeMicros, usual, ref found);
        }
    }

    internal readonly void Save(StateWriter writer)
    {
        _size.Save(writer);
        _gate.Save(writer);
        writer.Write(_seen);
        writer.Write(_anchor);
        writer.Write(_started);
        writer.Write(_bought);
        writer.Write(_sold);
    }

    internal void Load(ref StateReader reader)
    {
        _size.Load(ref reader);
        _gate.Load(ref reader);
        _seen = reader.ReadInt32(0, _warmup);
        _anchor = reader.ReadInt64();
        _started = reader.ReadInt64();
        _bought = reader.ReadDouble();
        _sold = reader.ReadDouble();
    }

    private void Begin(in PackedTick trade)
    {
        _anchor = trade.Price.Nanos;
        _started = trade.TimeMicros;
        _bought = _sold = 0;
    }

    private void Decide(long micros, double usual, ref Detections found)
    {
        var net = _bought - _sold;
        var all = _bought + _sold;
        var times = Math.Abs(net) / usual;
        if (times < _factor || Math.Abs(net) < _dominance * all)
        {
            return;
        }

        var seconds = (micros - _started) / (double)EventTime.MicrosPerSecond;
        if (
            _gate.TryPass(
                micros,
                SignalGate.Toward(-net),
                SignalGate.Saturate(times, _factor),
                ref found,
                Price.FromNanos(_anchor).ToDouble(),
                net,
                usual,
                Math.Abs(net) / all,
                seconds
            )
        )
        {
            _anchor = 0; // what was absorbed has been told; the next trade begins anew
        }
    }
}
