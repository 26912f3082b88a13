using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>The last <c>period</c> inputs, for what is computed anew from all of them at each. For one thread.</summary>
internal sealed class RollingValues
{
    private readonly double[] _ring;
    private int _next;

    internal RollingValues(int period)
    {
        _ring = new double[Period.Checked(period)];
    }

    /// <summary>Inputs held: at most the period.</summary>
    internal int Count { get; private set; }

    internal bool IsReady => Count == _ring.Length;

    /// <summary>The inputs held, in the order of the ring.</summary>
    internal ReadOnlySpan<double> Held => _ring.AsSpan(0, Count);

    internal void Update(double input)
    {
        Place(input);
        _next = _next + 1 == _ring.Length ? 0 : _next + 1;
        Count += IsReady ? 0 : 1;
    }

    /// <summary>The mean as origin + mean of (input - origin): exact where all inputs are the origin. Takes period steps, four at a time;
    /// needs an input.</summary>
    internal double MeanAbout(double origin)
    {
        var held = Held;
        var from = Vector256.Create(origin);
        var away = Vector256<double>.Zero;
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(held);
        foreach (var block in blocks)
        {
            away += block - from;
        }

        var sum = Four(away);
        foreach (var value in held[(blocks.Length * Vector256<double>.Count)..])
        {
            sum += value - origin;
        }

        return origin + (sum / Count);
    }

    /// <summary>Sums of the distances from a number and of their squares, in one go; period steps, four at a time.</summary>
    internal (double Sum, double Squares) DistancesFrom(double origin)
    {
        var held = Held;
        var from = Vector256.Create(origin);
        var (sums, squares) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(held);
        foreach (var block in blocks)
        {
            var away = block - from;
            sums += away;
            squares += away * away;
        }

        var (sum, square) = (Four(sums), Four(squares));
        foreach (var value in held[(blocks.Length * Vector256<double>.Count)..])
        {
            var away = value - origin;
            sum += away;
            square += away * away;
        }

        return (sum, square);
    }

    internal void Save(StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(_next);
        writer.Write(Held);
    }

    internal void Load(ref StateReader reader)
    {
        Count = reader.ReadInt32(0, _ring.Length);
        _next = reader.ReadInt32(0, _ring.Length - 1);
        reader.Read(_ring.AsSpan(0, Count));
    }

    /// <summary>
    /// Writes an input as a part of the four that are read together: a processor hands a store that it has not yet brought to memory on to
    /// a load of the same bytes,
    /// but makes a wider load wait.
    /// </summary>
    private void Place(double input)
    {
        var lane = _next % Vector256<double>.Count;
        var first = _next - lane;
        if (first + Vector256<double>.Count > _ring.Length)
        {
            _ring[_next] = input;
            return;
        }

        ref var four = ref _ring[first];
        var isInput = Vector256.Equals(Vector256<long>.Indices, Vector256.Create((long)lane)).AsDouble();
        Vector256.ConditionalSelect(isInput, Vector256.Create(input), Vector256.LoadUnsafe(ref four)).StoreUnsafe(ref four);
    }

    private static double Four(Vector256<double> sums) =>
        (sums.GetElement(0) + sums.GetElement(1)) + (sums.GetElement(2) + sums.GetElement(3));
}
