using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.MeanReversion;

/// <summary>A trade far from the mean of the trades before it, in their standard deviations: the price is expected to come back.</summary>
/// <remarks>
/// Constant time a trade: mean and sum of squares move with what enters and leaves, and are taken anew each time the ring has turned, so
/// that no
/// rounding is older than one window.
/// </remarks>
internal sealed class ZScoreDetector(PatternValues values) : TradeDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "z_score",
            Family = PatternFamily.MeanReversion,
            Input = PatternInput.Tick,
            Create = static values => new ZScoreDetector(values),
            Evidence = ["mean", "std_dev", "z"],
            Summary = "a trade far from the mean of the trades before it, in their standard deviations",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Window", ParameterUnit.Count, 200, 2, 4096, "trades of mean and deviation"),
                new("Exit", ParameterUnit.Number, 1.0, 0, 100, "deviations below which it is armed again"),
                new("Entry", ParameterUnit.Number, 3.0, 0.1, 100, "deviations that make a signal") { NotBelow = "Exit" },
                new("MinDeviationBps", ParameterUnit.BasisPoints, 0.1, 1e-6, 10_000, "least standard deviation"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 60),
            ],
        };

    private const double BasisPoints = 10_000.0;

    private readonly double[] _prices = new double[values.Count("Window")];
    private readonly double _entry = values["Entry"];
    private readonly double _exit = values["Exit"];
    private readonly double _min = values["MinDeviationBps"];
    private int _next;
    private bool _isFull;
    private double _mean;
    private double _squares;
    private bool _outside;

    internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
    {
        var price = state.Last;
        if (_isFull)
        {
            Decide(trade.TimeMicros, price, ref found);
        }

        Push(price);
    }

    internal override void Save(StateWriter writer)
    {
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

    internal override void Load(ref StateReader reader)
    {
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
        var variance = Math.Max(_squares, 0.0) / _prices.Length;
        if (!_outside && Deviations.AreSurelyBelow(_entry, price - _mean, variance))
        {
            return;
        }

        var deviation = Math.Sqrt(variance);
        if (deviation <= 0 || deviation / price * BasisPoints < _min)
        {
            return;
        }

        var z = (price - _mean) / deviation;
        var size = Math.Abs(z);
        _outside &= size >= _exit;
        if (size >= _entry && !_outside)
        {
            _outside = found.TryAdd(Pattern, micros, SignalScore.Toward(-z), Math.Min(1.0, size / (2.0 * _entry)), _mean, deviation, z);
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
