using System.Numerics;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Bars;

/// <summary>The last bars of a symbol, their true range, RSI and pivots: what the patterns of bars have in common. For one thread;
/// allocates in the constructor only.</summary>
internal sealed class BarSeries
{
    /// <summary>Maximum number of bars that a pattern may look back.</summary>
    internal const int MaxBars = 120;

    private const int Period = 14;

    private readonly BarPrices[] _bars;
    private readonly int _mask;
    private readonly Atr _atr = new(Period);
    private Rsi _rsi = new(Period);

    /// <param name="pivotBars">Bars on each side of a pivot.</param>
    /// <param name="lookback">Bars before the last that the patterns ask for.</param>
    internal BarSeries(int pivotBars, int lookback)
    {
        _bars = new BarPrices[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(lookback, 2 * pivotBars) + 1)];
        _mask = _bars.Length - 1;
        Pivots = new PivotList(pivotBars);
    }

    /// <summary>Bars seen.</summary>
    internal long Count { get; private set; }

    /// <summary>Event time of the tick that closed the last bar.</summary>
    internal long Micros { get; private set; }

    /// <summary>Average true range of 14 bars, the last one included; 0 before there are 14.</summary>
    internal double Atr => _atr.IsReady ? _atr.Value : 0.0;

    /// <summary>Average true range of 14 bars, the last one not included.</summary>
    internal double AtrBefore { get; private set; }

    /// <summary>The last bars as candlestick patterns see them.</summary>
    internal CandleWindow Candles { get; } = new();

    /// <summary>The turning points that are known by now.</summary>
    internal PivotList Pivots { get; }

    /// <summary>The bar of so many bars ago, 0 being the last.</summary>
    internal ref readonly BarPrices this[int ago] => ref _bars[(int)(Count - 1 - ago) & _mask];

    /// <summary>Takes the bar that the tick of a moment closed.</summary>
    internal void Push(in BarInput bar, long micros)
    {
        if (Count > 0)
        {
            _rsi.Update(bar.Close - this[0].Close);
        }

        AtrBefore = Atr;
        _atr.Update(bar);
        _bars[(int)Count & _mask] = new BarPrices(bar.Open, bar.High, bar.Low, bar.Close, _rsi.IsReady ? _rsi.Value : double.NaN);
        Count++;
        Micros = micros;
        Pivots.Update(this);
        Candles.Push(bar);
    }

    /// <summary>Highest high of some bars, the youngest being <paramref name="ago"/> bars old.</summary>
    internal double Highest(int ago, int bars)
    {
        var highest = this[ago].High;
        for (var i = 1; i < bars; i++)
        {
            highest = Math.Max(highest, this[ago + i].High);
        }

        return highest;
    }

    /// <summary>Lowest low of some bars, the youngest being <paramref name="ago"/> bars old.</summary>
    internal double Lowest(int ago, int bars)
    {
        var lowest = this[ago].Low;
        for (var i = 1; i < bars; i++)
        {
            lowest = Math.Min(lowest, this[ago + i].Low);
        }

        return lowest;
    }

    internal void Save(StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(Micros);
        writer.Write(AtrBefore);
        _atr.Save(writer);
        _rsi.Save(writer);
        foreach (ref readonly var bar in _bars.AsSpan(0, (int)Math.Min(Count, _bars.Length)))
        {
            bar.Save(writer);
        }

        Pivots.Save(writer);
        Candles.Save(writer);
    }

    internal void Load(ref StateReader reader)
    {
        Count = reader.ReadInt64();
        if (Count < 0)
        {
            throw new InvalidDataException("The state holds a negative count of bars.");
        }

        Micros = reader.ReadInt64();
        AtrBefore = reader.ReadDouble();
        _atr.Load(ref reader);
        _rsi.Load(ref reader);
        for (var i = 0; i < Math.Min(Count, _bars.Length); i++)
        {
            _bars[i] = BarPrices.Load(ref reader);
        }

        Pivots.Load(ref reader);
        Candles.Load(ref reader);
    }
}

/// <summary>Prices of a bar, and Wilder's RSI of 14 closes at it; not a number before it is ready.</summary>
internal readonly record struct BarPrices(double Open, double High, double Low, double Close, double Rsi)
{
    internal void Save(StateWriter writer)
    {
        writer.Write(Open);
        writer.Write(High);
        writer.Write(Low);
        writer.Write(Close);
        writer.Write(Rsi);
    }

    internal static BarPrices Load(ref StateReader reader) =>
        new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}
