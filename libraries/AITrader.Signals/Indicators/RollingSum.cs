using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Sum of the last <c>period</c> inputs, which it keeps. For one thread.</summary>
/// <remarks>
/// Constant time an input on average: what leaves is subtracted, with Neumaier's compensation, and each time the ring is full its sum is
/// taken anew, so
/// that neither rounding nor an input that is no number outlives its window by more than a period.
/// </remarks>
internal sealed class RollingSum
{
    private readonly double[] _ring;
    private int _next;
    private int _nonZero;
    private CompensatedSum _sum;

    internal RollingSum(int period)
    {
        _ring = new double[Period.Checked(period)];
    }

    /// <summary>Inputs held: at most the period.</summary>
    internal int Count { get; private set; }

    internal bool IsReady => Count == _ring.Length;

    /// <summary>The sum; exactly 0 where all inputs held are 0.</summary>
    internal double Sum => _nonZero == 0 ? 0.0 : _sum.Value;

    /// <summary>The sum with what its additions rounded off.</summary>
    internal CompensatedSum Whole => _nonZero == 0 ? default : _sum;

    /// <summary>Mean of the inputs held; 0 where there are none.</summary>
    internal double Mean => Count == 0 ? 0.0 : Sum / Count;

    /// <summary>Whether the last input closed a turn: <see cref="Held"/> is then in order of arrival.</summary>
    internal bool IsTurn => IsReady && _next == 0;

    /// <summary>The inputs held, in no order that means anything but after a turn.</summary>
    internal ReadOnlySpan<double> Held => _ring.AsSpan(0, Count);

    internal void Update(double input)
    {
        if (IsReady)
        {
            _sum.Add(-_ring[_next]);
            _nonZero -= _ring[_next] == 0 ? 0 : 1;
        }

        _sum.Add(input);
        _nonZero += input == 0 ? 0 : 1;
        _ring[_next] = input;
        Count += IsReady ? 0 : 1;
        _next++;
        if (_next == _ring.Length)
        {
            _next = 0;
            SumAnew();
        }
    }

    internal void Save(StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(_next);
        writer.Write(_nonZero);
        _sum.Save(writer);
        writer.Write(Held);
    }

    internal void Load(ref StateReader reader)
    {
        Count = reader.ReadInt32(0, _ring.Length);
        _next = reader.ReadInt32(0, _ring.Length - 1);
        _nonZero = reader.ReadInt32(0, Count);
        _sum.Load(ref reader);
        reader.Read(_ring.AsSpan(0, Count));
    }

    private void SumAnew()
    {
        _sum = default;
        foreach (var value in _ring)
        {
            _sum.Add(value);
        }
    }
}
