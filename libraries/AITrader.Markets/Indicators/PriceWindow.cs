using System.Numerics;
using AITrader.Markets.State;

namespace AITrader.Markets.Indicators;

/// <summary>The last prices, and the highest and lowest of the last <c>lookback</c> of them. For one thread.</summary>
/// <remarks>
/// One ring of prices and two queues of positions whose prices only fall (highs) or only rise (lows), so that an extreme is read at a queue's head
/// and every position enters and leaves a queue once: constant time a price, on average, and no allocation.
/// </remarks>
internal sealed class PriceWindow
{
    private readonly double[] _prices;
    private readonly int[] _highs;
    private readonly int[] _lows;
    private readonly int _mask;
    private readonly int _lookback;
    private long _count;
    private int _highHead;
    private int _highTail;
    private int _lowHead;
    private int _lowTail;

    internal PriceWindow(int length, int lookback)
    {
        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, lookback));
        _prices = new double[capacity];
        _highs = new int[capacity];
        _lows = new int[capacity];
        _mask = capacity - 1;
        _lookback = lookback;
    }

    internal long Count => _count;

    /// <summary>Highest of the last lookback prices; 0 where there are none.</summary>
    internal double High => _highHead == _highTail ? 0.0 : _prices[_highs[_highHead & _mask]];

    /// <summary>Lowest of the last lookback prices; 0 where there are none.</summary>
    internal double Low => _lowHead == _lowTail ? 0.0 : _prices[_lows[_lowHead & _mask]];

    internal void Push(double price)
    {
        if (_count >= _lookback)
        {
            // The price that leaves the lookback can only be at a head.
            var leaving = (int)(_count - _lookback) & _mask;
            _highHead += _highs[_highHead & _mask] == leaving ? 1 : 0;
            _lowHead += _lows[_lowHead & _mask] == leaving ? 1 : 0;
        }

        Append(price);
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

        var held = (int)Math.Min(count, _prices.Length);
        _highHead = _highTail = _lowHead = _lowTail = 0;
        _count = count - held;
        for (var i = 0; i < held; i++)
        {
            var price = reader.ReadDouble();
            if (i < _lookback)
            {
                // Nothing of what was restored can leave the lookback yet.
                Append(price);
            }
            else
            {
                Push(price);
            }
        }
    }

    private void Append(double price)
    {
        var prices = _prices;
        var slot = (int)_count & _mask;
        prices[slot] = price;
        while (_highTail != _highHead && prices[_highs[(_highTail - 1) & _mask]] <= price)
        {
            _highTail--;
        }

        while (_lowTail != _lowHead && prices[_lows[(_lowTail - 1) & _mask]] >= price)
        {
            _lowTail--;
        }

        _highs[_highTail++ & _mask] = slot;
        _lows[_lowTail++ & _mask] = slot;
        _count++;
    }
}
