using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Bars;

/// <summary>The last bars of a symbol with their yardsticks, shared by all candlestick patterns. For one thread; allocates in the
/// constructor only.</summary>
/// <remarks>The sums go on by adding the newest and taking off the oldest bar, as TA-Lib's do, so that ties are decided as it decides
/// them.</remarks>
public sealed class CandleWindow
{
    /// <summary>Bars held: the most that a pattern looks back, and the ten before its oldest are in that one's yardsticks.</summary>
    private const int Length = 16;

    private const int Mask = Length - 1;
    private const int LongPeriod = 10;
    private const int ShortPeriod = 5;

    private readonly Candle[] _candles = new Candle[Length];
    private CandleSums _sums;

    /// <summary>Bars seen.</summary>
    public long Count { get; private set; }

    /// <summary>The bar of so many bars ago, 0 being the last.</summary>
    internal ref readonly Candle this[int ago] => ref _candles[(int)(Count - 1 - ago) & Mask];

    /// <summary>Takes the next bar.</summary>
    public void Push(in BarInput bar)
    {
        var candle = new Candle(bar.Open, bar.High, bar.Low, bar.Close, _sums);
        var oldest = Count >= LongPeriod ? this[LongPeriod - 1] : default;
        var older = Count >= ShortPeriod ? this[ShortPeriod - 1] : default;
        _sums.Body10 += candle.Body - oldest.Body;
        _sums.Range10 += candle.Range - oldest.Range;
        _sums.Shadows10 += candle.Upper + candle.Lower - (oldest.Upper + oldest.Lower);
        _sums.Range5 += candle.Range - older.Range;
        _candles[(int)Count & Mask] = candle;
        Count++;
    }

    internal void Save(StateWriter writer)
    {
        writer.Write(Count);
        foreach (ref readonly var candle in _candles.AsSpan(0, (int)Math.Min(Count, Length)))
        {
            writer.Write(candle.Open);
            writer.Write(candle.High);
            writer.Write(candle.Low);
            writer.Write(candle.Close);
            Save(writer, candle.Before);
        }

        Save(writer, _sums);
    }

    internal void Load(ref StateReader reader)
    {
        Count = reader.ReadInt64();
        if (Count < 0)
        {
            throw new InvalidDataException("The state holds a negative count of bars.");
        }

        for (var i = 0; i < Math.Min(Count, Length); i++)
        {
            var (open, high, low, close) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            _candles[i] = new Candle(open, high, low, close, LoadSums(ref reader));
        }

        _sums = LoadSums(ref reader);
    }

    private static void Save(StateWriter writer, in CandleSums sums)
    {
        writer.Write(sums.Body10);
        writer.Write(sums.Range10);
        writer.Write(sums.Shadows10);
        writer.Write(sums.Range5);
    }

    private static CandleSums LoadSums(ref StateReader reader) =>
        new()
        {
            Body10 = reader.ReadDouble(),
            Range10 = reader.ReadDouble(),
            Shadows10 = reader.ReadDouble(),
            Range5 = reader.ReadDouble(),
        };
}
