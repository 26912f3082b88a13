using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>Far more was traded in this stretch of time than in those before it.</summary>
/// <remarks>The sum is taken anew for every stretch: nothing drifts, and no quantity is too large.</remarks>
internal sealed class VolumeSpikeDetector(PatternValues values) : TradeDetector
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

    private readonly double[] _volumes = new double[values.Count("Buckets")];
    private readonly long _length = values.Micros("Bucket");
    private readonly double _factor = values["Factor"];
    private SignalGate _gate = new(values);
    private long _bucket = long.MinValue;
    private int _next;
    private long _seen;
    private double _sum;
    private double _volume;
    private double _net;
    private bool _isReported;

    internal override bool ReadsSide => true;

    internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
    {
        var bucket = Math.DivRem(trade.TimeMicros, _length, out var rest) - (rest < 0 ? 1 : 0);
        if (bucket > _bucket)
        {
            Turn(bucket);
        }

        var size = trade.Size.ToDouble();
        _volume += size;
        _net += side * size;
        if (_isReported || _seen < _volumes.Length || _sum == 0 || _net == 0)
        {
            return;
        }

        var mean = _sum / _volumes.Length;
        var times = _volume / mean;
        if (times >= _factor)
        {
            _isReported = _gate.TryPass(
                trade.TimeMicros,
                SignalGate.Toward(_net),
                SignalGate.Saturate(times, _factor),
                ref found,
                _volume,
                mean,
                times,
                _net
            );
        }
    }

    internal override void Save(StateWriter writer)
    {
        _gate.Save(writer);
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
        _gate.Load(ref reader);
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

        _sum = Total();
    }

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

        _sum = Total();
        _bucket = bucket;
        _volume = _net = 0;
        _isReported = false;
    }

    private void Push(double volume)
    {
        _volumes[_next] = volume;
        _next = _next + 1 == _volumes.Length ? 0 : _next + 1;
        _seen++;
    }

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
