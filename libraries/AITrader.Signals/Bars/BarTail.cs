using AITrader.Domain.Bars;
using AITrader.Domain.Ticks;
using AITrader.Signals.State;

namespace AITrader.Signals.Bars;

/// <summary>The last closed bars of trades of a symbol, as classifiers take them. For one thread; allocates in the constructor
/// only.</summary>
/// <remarks>In single precision, as models see them: training and serving take the same numbers from here.</remarks>
public sealed class BarTail
{
    /// <summary>Numbers of a bar: open, high, low, close, volume.</summary>
    public const int Channels = 5;

    /// <summary>Maximum number of bars.</summary>
    public const int MaxBars = 1_024;

    private readonly TimeBarBuilder _builder;
    private readonly float[] _numbers;
    private readonly int _bars;

    /// <summary>The last bars of a length.</summary>
    /// <param name="bars">How many, at most <see cref="MaxBars"/>.</param>
    /// <param name="seconds">Length of each; they are counted from the start of the UTC day.</param>
    public BarTail(int bars, int seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bars, MaxBars);
        _bars = bars;
        _numbers = new float[bars * Channels];
        _builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Bars closed so far.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the next tick.</summary>
    /// <returns>Whether it closed a bar: it is at or after its end, and in none of the bars that are there.</returns>
    public bool Update(in PackedTick tick)
    {
        var isClosed = _builder.AdvanceTo(tick.TimeMicros, out var closed);
        if (isClosed)
        {
            Push(closed);
        }

        _builder.Update(tick, out _);
        return isClosed;
    }

    /// <summary>Copies the bars, oldest first: all opens, then all highs, lows, closes and volumes.</summary>
    /// <param name="to">Room for <see cref="Channels"/> numbers a bar.</param>
    /// <returns>Numbers copied; 0 while there are too few bars.</returns>
    public int CopyTo(Span<double> to)
    {
        if (Count < _bars)
        {
            return 0;
        }

        var oldest = (int)(Count % _bars);
        for (var i = 0; i < _bars; i++)
        {
            var bar = (oldest + i) % _bars * Channels;
            for (var channel = 0; channel < Channels; channel++)
            {
                to[(channel * _bars) + i] = _numbers[bar + channel];
            }
        }

        return _numbers.Length;
    }

    internal void Save(StateWriter writer)
    {
        _builder.Save(writer);
        writer.Write(Count);
        foreach (var number in _numbers.AsSpan(0, (int)Math.Min(Count, _bars) * Channels))
        {
            writer.Write(BitConverter.SingleToInt32Bits(number));
        }
    }

    internal void Load(ref StateReader reader)
    {
        _builder.Load(ref reader);
        Count = reader.ReadInt64();
        if (Count < 0)
        {
            throw new InvalidDataException("The state holds a negative count of bars.");
        }

        for (var i = 0; i < Math.Min(Count, _bars) * Channels; i++)
        {
            _numbers[i] = BitConverter.Int32BitsToSingle(reader.ReadInt32());
        }
    }

    private void Push(in Bar bar)
    {
        var numbers = _numbers.AsSpan((int)(Count % _bars) * Channels, Channels);
        numbers[0] = (float)bar.Prices.Open.ToDouble();
        numbers[1] = (float)bar.Prices.High.ToDouble();
        numbers[2] = (float)bar.Prices.Low.ToDouble();
        numbers[3] = (float)bar.Prices.Close.ToDouble();
        numbers[4] = (float)bar.Volume.ToDouble();
        Count++;
    }
}
