using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>One side took several price levels in quick succession.</summary>
internal sealed class SweepDetector(PatternValues values) : TradeDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "sweep",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Create = static values => new SweepDetector(values),
            Evidence = ["first_price", "move_bps", "levels", "volume", "seconds"],
            Summary = "one side took several price levels in quick succession",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("MaxGap", ParameterUnit.Seconds, 0.1, 0, 60, "longest pause between two of its trades"),
                new("MinLevels", ParameterUnit.Count, 5, 2, 10_000, "different prices that must be taken"),
                new("MinMoveBps", ParameterUnit.BasisPoints, 1.0, 0, 10_000, "distance from the first price to the last"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 30),
            ],
        };

    private const double BasisPoints = 10_000.0;

    private readonly long _gap = values.Micros("MaxGap");
    private readonly int _levels = values.Count("MinLevels");
    private readonly double _min = values["MinMoveBps"];
    private int _side;
    private long _first;
    private long _last;
    private long _started;
    private long _time;
    private double _volume;
    private int _moves;
    private bool _isReported;

    internal override bool ReadsSide => true;

    internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
    {
        var price = trade.Price.Nanos;
        var goesOn = side != 0 && side == _side && trade.TimeMicros - _time <= _gap && (price - _last) * side >= 0;
        if (!goesOn)
        {
            Begin(trade, side);
            return;
        }

        _moves += price == _last ? 0 : 1;
        _last = price;
        _time = trade.TimeMicros;
        _volume += trade.Size.ToDouble();
        var moveBps = Math.Abs(_last - _first) / (double)_first * BasisPoints;
        if (!_isReported && _moves + 1 >= _levels && moveBps >= _min)
        {
            _isReported = found.TryAdd(
                Pattern,
                _time,
                SignalScore.Toward(_side),
                SignalScore.Saturate(moveBps, _min),
                Price.FromNanos(_first).ToDouble(),
                moveBps,
                _moves + 1,
                _volume,
                (_time - _started) / (double)EventTime.MicrosPerSecond
            );
        }
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_side);
        writer.Write(_first);
        writer.Write(_last);
        writer.Write(_started);
        writer.Write(_time);
        writer.Write(_volume);
        writer.Write(_moves);
        writer.Write(_isReported);
    }

    internal override void Load(ref StateReader reader)
    {
        _side = reader.ReadInt32(-1, 1);
        _first = reader.ReadInt64();
        _last = reader.ReadInt64();
        _started = reader.ReadInt64();
        _time = reader.ReadInt64();
        _volume = reader.ReadDouble();
        _moves = reader.ReadInt32(0, int.MaxValue);
        _isReported = reader.ReadBoolean();
    }

    private void Begin(in PackedTick trade, int side)
    {
        _side = side;
        _first = _last = trade.Price.Nanos;
        _started = _time = trade.TimeMicros;
        _volume = trade.Size.ToDouble();
        _moves = 0;
        _isReported = false;
    }
}
