using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>Far more was traded in this stretch of time than in those before it.</summary>
/// <remarks>The sum of the stretches is taken anew where it decides: nothing drifts, and no quantity is too large. A running sum, and a
/// bound of its error, say where it does not.</remarks>
internal sealed class VolumeSpikeDetector(PatternValues values) : TradeDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "volume_spike",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Create = static values => new VolumeSpikeDetector(values),
            Evidence = ["volume", "mean_volume", "ratio", "net_volume"],
            Summary = "far more was traded in this stretch of time than in those before it",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Bucket", ParameterUnit.Seconds, 1, 0.001, 3600, "length of a stretch"),
                new("Buckets", ParameterUnit.Count, 60, 1, 4096, "stretches of the mean"),
                new("Factor", ParameterUnit.Number, 6, 0.1, 1e6, "ratio of volume and mean that makes a signal"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 30),
            ],
        };

    // Twenty times what the additions of a turn of the ring can round off, as a part of the largest running sum.
    private const double RunningError = 1e-12;

    private readonly double[] _volumes = new double[values.Count("Buckets")];
    private readonly long _length = values.Micros("Bucket");
    private readonly double _factor = values["Factor"];
    private long _bucket = long.MinValue;
    private long _end = long.MinValue; // of the bucket: a trade within it costs no division
    private int _next;
    private long _seen;
    private double _running;
    private double _largest; // running sum since it was taken anew
    private double _volume;
    private double _net;
    private bool _isReported;

    internal override bool ReadsSide => true;

    internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
    {
        if (trade.TimeMicros >= _end)
        {
            Turn(Math.DivRem(trade.TimeMicros, _length, out var rest) - (rest < 0 ? 1 : 0));
        }

        var size = trade.Size.ToDouble();
        _volume += size;
        _net += side * size;
        if (_isReported || _seen < _volumes.Length || IsSurelyBelow)
        {
            return;
        }

        var sum = Total();
        if (sum == 0 || _net == 0)
        {
            return;
        }

        var mean = sum / _volumes.Length;
        var times = _volume / mean;
        if (times >= _factor)
        {
            _isReported = found.TryAdd(
                Pattern,
                trade.TimeMicros,
                SignalScore.Toward(_net),
                SignalScore.Saturate(times, _factor),
                _volume,
                mean,
                times,
                _net
            );
        }
    }

    internal override void Save(StateWriter writer)
    {
        writer.Write(_bucket);
        writer.Write(_next);
        writer.Write(_seen);
        writer.Write(_volume);
        writer.Write(_net);
        writer.Write(_isReported);
        foreach (var volume in _volumes)
        {
            writer.Write(volume);
        }
    }

    internal override void Load(ref StateReader reader)
    {
        _bucket = reader.ReadInt64();
        _next = reader.ReadInt32(0, _volumes.Length - 1);
        _seen = reader.ReadInt64();
        _volume = reader.ReadDouble();
        _net = reader.ReadDouble();
        _isReported = reader.ReadBoolean();
        foreach (ref var volume in _volumes.AsSpan())
        {
            volume = reader.ReadDouble();
        }

        TakeAnew();
        _end = EndOf(_bucket);
    }

    private bool IsSurelyBelow => _volume * _volumes.Length < _factor * (_running - (RunningError * _largest));

    private long EndOf(long bucket) => bucket == long.MinValue ? long.MinValue : (bucket + 1) * _length;

    // The bucket that is over, then those in which nothing was traded: at most as many as are held.
    private void Turn(long bucket)
    {
        if (_bucket != long.MinValue)
        {
            Push(_volume);
            for (var empty = Math.Min(bucket - _bucket - 1, _volumes.Length); empty > 0; empty--)
            {
                Push(0);
            }
        }

        _bucket = bucket;
        _end = EndOf(bucket);
        _volume = _net = 0;
        _isReported = false;
    }

    private void Push(double volume)
    {
        _running += volume - _volumes[_next];
        _largest = Math.Max(_largest, _running);
        _volumes[_next++] = volume;
        _seen++;
        if (_next == _volumes.Length)
        {
            _next = 0;
            TakeAnew();
        }
    }

    private void TakeAnew() => _running = _largest = Total();

    private double Total()
    {
        var total = 0.0;
        foreach (var volume in _volumes)
        {
            total += volume;
        }

        return total;
    }
}
