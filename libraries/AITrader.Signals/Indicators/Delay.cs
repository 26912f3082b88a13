using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Gives each input back <c>length</c> inputs later. For one thread; constant time.</summary>
internal sealed class Delay
{
    private readonly double[] _ring;
    private int _next;
    private int _seen;

    internal Delay(int length)
    {
        _ring = new double[Period.Checked(length)];
    }

    /// <summary>Whether <see cref="Value"/> is an input: true from the input number length + 1 on.</summary>
    internal bool IsReady => _seen > _ring.Length;

    /// <summary>The input of length inputs before the last; 0 before <see cref="IsReady"/>.</summary>
    internal double Value { get; private set; }

    internal void Update(double input)
    {
        Value = _ring[_next];
        _ring[_next] = input;
        _next = _next + 1 == _ring.Length ? 0 : _next + 1;
        _seen += IsReady ? 0 : 1;
    }

    internal void Save(StateWriter writer)
    {
        writer.Write(_next);
        writer.Write(_seen);
        writer.Write(Value);
        writer.Write(_ring.AsSpan(0, Math.Min(_seen, _ring.Length)));
    }

    internal void Load(ref StateReader reader)
    {
        _next = reader.ReadInt32(0, _ring.Length - 1);
        _seen = reader.ReadInt32(0, _ring.Length + 1);
        Value = reader.ReadDouble();
        reader.Read(_ring.AsSpan(0, Math.Min(_seen, _ring.Length)));
    }
}
