using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>Seeded bars with trends, flat stretches, bars without a range and bars without volume.</summary>
internal static class BarSamples
{
    internal static List<BarInput> Walk(int seed, int count)
    {
        var random = new Random(seed);
        var bars = new List<BarInput>(count);
        var close = 100.0;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            var isFlat = i % 97 > 70;
            close += isFlat ? 0.0 : Math.Round((random.NextDouble() - 0.5 + (Math.Sin(i / 40.0) / 5)) * 2, 2);
            var above = isFlat ? 0.0 : Math.Round(random.NextDouble(), 2);
            var below = isFlat ? 0.0 : Math.Round(random.NextDouble(), 2);
            var volume = isFlat || random.Next(9) == 0 ? 0.0 : random.Next(1, 1_000_000) / 7.0;
            bars.Add(new BarInput(open, Math.Max(open, close) + above, Math.Min(open, close) - below, close, volume, i * 60_000_000L));
        }

        return bars;
    }
}
