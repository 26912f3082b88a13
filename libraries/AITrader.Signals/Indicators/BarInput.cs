using AITrader.Domain.Bars;
using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>One bar as indicators take it: prices and volume as binary64, the time of its start in microseconds since 1970 UTC.</summary>
public readonly record struct BarInput(double Open, double High, double Low, double Close, double Volume, long TimeMicros)
{
    /// <summary>An exact bar in the numbers of indicators.</summary>
    public static BarInput Of(in Bar bar)
    {
        var prices = bar.Prices;
        return new BarInput(
            prices.Open.ToDouble(),
            prices.High.ToDouble(),
            prices.Low.ToDouble(),
            prices.Close.ToDouble(),
            bar.Volume.ToDouble(),
            bar.StartMicros
        );
    }

    /// <summary>(high + low + close) / 3.</summary>
    public double Typical => (High + Low + Close) / 3.0;

    /// <summary>(high + low) / 2.</summary>
    public double Median => (High + Low) / 2.0;

    /// <summary>(open + high + low + close) / 4.</summary>
    public double Average => (Open + High + Low + Close) / 4.0;

    internal void Save(StateWriter writer)
    {
        writer.Write(Open);
        writer.Write(High);
        writer.Write(Low);
        writer.Write(Close);
        writer.Write(Volume);
        writer.Write(TimeMicros);
    }

    internal static BarInput Load(ref StateReader reader) =>
        new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64());
}
