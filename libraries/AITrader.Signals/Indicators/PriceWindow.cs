using System.Numerics;
using System.Runtime.Intrinsics;
using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>The last <c>lookback</c> prices, and the highest and lowest of them. For one thread; constant time a price on average; no
/// allocation.</summary>
internal sealed class PriceWindow
{
    private readonly double[] _prices;
    private readonly Vector128<double>[] _ends;
    private int _position;
    private Vector128<double> _start = BlockExtremes.Nothing;
    private Vector128<double> _extremes;

    internal PriceWindow(int lookback)
    {
        _prices = new double[BitOperations.RoundUpToPowerOf2((uint)lookback)];
        _ends = new Vector128<double>[lookback];
        _ends.AsSpan().Fill(BlockExtremes.Nothing);
    }

    internal long Count { get; private set; }

    internal bool IsFull => Count >= _ends.Length;

    /// <summary>Highest of the last lookback prices; 0 where there are none.</summary>
    internal double High => Count == 0 ? 0.0 : BlockExtremes.High(_extremes);

    /// <summary>Lowest of the last lookback prices; 0 where there are none.</summary>
    internal double Low => Count == 0 ? 0.0 : BlockExtremes.Low(_extremes);

    internal void Push(double price)
    {
        _prices[(int)Count & (_prices.Length - 1)] = price;
        Count++;
        _position++;
        if (_position == _ends.Length)
        {
            BlockExtremes.Close(_prices, Count, _ends);
            _start = BlockExtremes.Nothing;
            _position = 0;
            _extremes = _ends[0];
            return;
        }

        _start = Vector128.MaxNative(_start, BlockExtremes.Of(price));
        _extremes = Vector128.MaxNative(_start, _ends[_position]);
    }

    internal void Save(StateWriter writer)
    {
        writer.Write(Count);
        var held = Math.Min(Count, _ends.Length);
        for (var i = Count - held; i < Count; i++)
        {
            writer.Write(_prices[(int)i & (_prices.Length - 1)]);
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
        _ends.AsSpan().Fill(BlockExtremes.Nothing);
        _start = BlockExtremes.Nothing;
        _position = 0;
        var held = Math.Min(count, _ends.Length);
        for (Count = count - held; Count < count; )
        {
            Push(reader.ReadDouble());
        }
    }
}
