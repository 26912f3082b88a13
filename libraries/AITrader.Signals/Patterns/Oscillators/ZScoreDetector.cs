using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Oscillators;

/// <summary>A trade far from the mean of the trades before it, in their standard deviations: the price is expected to come back.</summary>
/// <remarks>
/// Constant time a trade: mean and sum of squares move with what enters and leaves, and are taken anew each time the ring has turned, so
/// that no
/// rounding is older than one window.
/// </remarks>
internal struct ZScoreDetector(PatternValues values)
{
    private const double BasisPoints = 10_000.0;

    private readonly double[] _prices = new double[values.Count("Window")];
    private readonly double _entry = values["Entry"];
    private readonly double _exit = values["Exit"];
    private readonly double _least = values["MinDeviationBps"];
    private SignalGate _gate = new(values);
    private int _next;
    private bool _isFull;
    private double _mean;
    private double _squares;
    private bool _outside;

    internal void Update(long micros, double price, ref Detections found)
    {
        if (_isFull)
        {
            Decide(micros, price, ref found);
        }

        Push(price);
    }

    internal readonly void Save(StateWriter writer)
    {
        _gate.Save(writer);
        writer.Write(_next);
        writer.Write(_isFull);
        writer.Write(_mean);
        writer.Write(_squares);
        writer.Write(_outside);
        foreach (var price in _prices)
        {
            writer.Write(price);
        }
    }

    internal void Load(ref StateReader reader)
    {
        _gate.Load(ref reader);
        _next = reader.ReadInt32(0, _prices.Length - 1);
        _isFull = reader.ReadBoolean();
        _mean = reader.ReadDouble();
        _squares = reader.ReadDouble();
        _outside = reader.ReadBoolean();
        foreach (ref var price in _prices.AsSpan())
        {
            price = reader.ReadDouble();
        }
    }

    private void Decide(long micros, double price, ref Detections found)
    {
        var deviation = Math.Sqrt(Math.Max(_squares, 0.0) / _prices.Length);
        if (deviation <= 0 || deviation / price * BasisPoints < _least)
        {
            return;
        }

        var z = (price - _mean) / deviation;
        var size = Math.Abs(z);
        _outside &= size >= _exit;
        if (size >= _entry && !_outside)
        {
            _outside = _gate.TryPass(micros, SignalGate.Toward(-z), Math.Min(1.0, size / (2.0 * _entry)), ref found, _mean, deviation, z);
        }
    }

    private void Push(double price)
    {
        if (_isFull)
        {
            var leaving = _prices[_next];
            var before = _mean;
            _mean += (price - leaving) / _prices.Length;
            _squares += (price - leaving) * (price - _mean + leaving - before);
        }

        _prices[_next++] = price;
        if (_next == _prices.Length)
        {
            _next = 0;
            _isFull = true;
            TakeAnew();
        }
    }

    private void TakeAnew()
    {
        var origin = _prices[0];
        var away = 0.0;
        foreach (var price in _prices)
        {
            away += price - origin;
        }

        _mean = origin + (away / _prices.Length);
        _squares = 0.0;
        foreach (var price in _prices)
        {
            _squares += (price - _mean) * (price - _mean);
        }
    }
}
