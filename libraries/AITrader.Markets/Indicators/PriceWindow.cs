using System.Numerics;
using System.Runtime.Intrinsics;
using AITrader.Markets.State;

namespace AITrader.Markets.Indicators;

/// <summary>The last prices, and the highest and lowest of the last <c>lookback</c> of them. For one thread.</summary>
/// <remarks>
/// Prices are cut into blocks of lookback. The window is always the end of one block and the start of the next: the extremes of every end of a block are
/// computed once, when it is full, and those of a start grow with it. So a price costs one comparison without a branch to guess, and two neighbouring reads; every
/// lookback-th one costs lookback steps. No allocation. An extreme is held as (high, -low), so that one maximum finds both.
/// </remarks>
internal sealed class PriceWindow
{
    private static readonly Vector128<double> Nothing = Vector128.Create(double.NegativeInfinity);

    private readonly double[] _prices;
    private readonly Vector128<double>[] _ends;
    private readonly int _mask;
    private long _count;
    private int _position;
    private Vector128<double> _start = Nothing;
    private Vector128<double> _extremes;

    internal PriceWindow(int length, int lookback)
    {
        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, lookback));
        _prices = new double[capacity];
        _ends = new Vector128<double>[lookback];
        _ends.AsSpan().Fill(Nothing);
        _mask = capacity - 1;
    }

    internal long Count => _count;

    /// <summary>Highest of the last lookback prices; 0 where there are none.</summary>
    internal double High => _extremes.ToScalar();

    /// <summary>Lowest of the last lookback prices; 0 where there are none.</summary>
    internal double Low => 0.0 - _extremes.GetElement(1);

    internal void Push(double price)
    {
        _prices[(int)_count & _mask] = price;
        _count++;
        _start = Vector128.MaxNative(_start, Vector128.Create(price, -price));
        _position++;
        var ends = _ends;
        if ((uint)_position < (uint)ends.Length)
        {
            _extremes = Vector128.MaxNative(_start, ends[_position]);
        }
        else
        {
            CloseBlock();
        }
    }

    /// <summary>Copies the last prices, oldest first; returns how many there were.</summary>
    internal int CopyLast(Span<double> target)
    {
        var length = (int)Math.Min(Math.Min(target.Length, _prices.Length), _count);
        for (var i = 0; i < length; i++)
        {
            target[i] = _prices[(int)(_count - length + i) & _mask];
        }

        return length;
    }

    internal void Save(StateWriter writer)
    {
        writer.Write(_count);
        var held = (int)Math.Min(_count, _prices.Length);
        for (var i = 0; i < held; i++)
        {
            writer.Write(_prices[(int)(_count - held + i) & _mask]);
        }
    }

    internal void Load(ref StateReader reader)
    {
        var count = reader.ReadInt64();
        if (count < 0)
        {
            throw new InvalidDataException("The state holds a negative count of prices.");
        }

        // Blocks may begin elsewhere than before: that moves work, not results.
        _ends.AsSpan().Fill(Nothing);
        _start = Nothing;
        _extremes = default;
        _position = 0;
        var held = (int)Math.Min(count, _prices.Length);
        _count = count - held;
        for (var i = 0; i < held; i++)
        {
            Push(reader.ReadDouble());
        }
    }

    private void CloseBlock()
    {
        var end = Nothing;
        for (var i = 1; i <= _ends.Length; i++)
        {
            var price = _prices[(int)(_count - i) & _mask];
            end = Vector128.MaxNative(end, Vector128.Create(price, -price));
            _ends[^i] = end;
        }

        _extremes = end;
        _start = Nothing;
        _position = 0;
    }
}
