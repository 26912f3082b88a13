using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;

namespace AITrader.Benchmarks;

/// <summary>Seeded random walks.</summary>
internal static class SampleTicks
{
    /// <summary>Trades of so many symbols in turn, each a walk of its own, so far apart in event time.</summary>
    public static PackedTick[] Trades(int count, int symbols, long stepMicros)
    {
        var random = new Random(7);
        var cents = Enumerable.Repeat(6_180_000L, symbols).ToArray();
        var ticks = new PackedTick[count];
        for (var i = 0; i < count; i++)
        {
            // An odd stride: every symbol has its turn, far from the one before it.
            var symbol = (int)(i * 1021L % symbols);
            cents[symbol] += random.Next(-300, 301);
            ticks[i] = new PackedTick
            {
                TimeMicros = 1_723_161_255_000_000 + (i * stepMicros),
                Price = Price.FromNanos(cents[symbol] * (Price.Scale / 100)),
                Size = Quantity.FromRaw(random.Next(1, 1000) * 1_000_000L),
                Symbol = symbol,
                Kind = TickKind.Trade,
            };
        }

        return ticks;
    }
}
