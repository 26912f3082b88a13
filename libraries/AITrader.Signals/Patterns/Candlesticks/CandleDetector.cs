using AITrader.Domain.Signals;
using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>A candlestick pattern at work: what its rule says of the last bars.</summary>
internal sealed class CandleDetector(CandlePattern pattern, PatternValues values) : BarDetector(values)
{
    private readonly double _penetration = double.IsNaN(pattern.Penetration) ? 0.0 : values[CandlePattern.PenetrationName];

    internal override bool IsStateless => true;

    internal override void Update(BarSeries series, ref Detections found)
    {
        var candles = series.Candles;
        var value = pattern.At(candles, _penetration);
        if (value != 0)
        {
            ref readonly var last = ref candles[0];
            found.TryAdd(
                Pattern,
                series.Micros,
                pattern.IsNeutral ? SignalDirection.Neutral : SignalScore.Toward(value),
                Score(value, last.Range, last.MeanRange),
                value,
                last.Open,
                last.High,
                last.Low,
                last.Close,
                last.MeanRange
            );
        }
    }

    // Rolling sums may end a rounding below zero.
    private static double Score(int value, double range, double meanRange)
    {
        var usual = Math.Max(meanRange, 0.0);
        var size = range + usual > 0 ? range / (range + usual) : 0.0;
        return (0.25 * Math.Abs(value) / 100.0) + (0.5 * size);
    }
}
