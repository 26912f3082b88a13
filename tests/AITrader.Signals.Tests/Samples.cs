using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests;

/// <summary>Ticks to compute with: the shared captures, and seeded random walks.</summary>
internal static class Samples
{
    internal static List<PackedTick> Capture(string name, out SymbolTable symbols)
    {
        using var reader = TickFile.Open(SharedData.Require($"binance-l2/{name}.gz"));
        symbols = reader.Symbols;
        return Formats.Tests.Reading.All(reader);
    }

    /// <summary>Trades and quotes of one symbol that cross a session's end in the middle.</summary>
    internal static List<PackedTick> Walk(int seed, int count, int symbols = 1)
    {
        var random = new Random(seed);
        var prices = Enumerable.Repeat(100_000L, symbols).ToArray(); // cents
        var ticks = new List<PackedTick>(count);
        var time = (EventTime.MicrosPerDay * 20_000) - (count * 25_000L);
        for (var i = 0; i < count; i++)
        {
            time += random.Next(0, 100_000);
            var symbol = random.Next(symbols);
            prices[symbol] += random.Next(-8, 9) / 2;
            var price = Price.FromNanos(prices[symbol] * 10_000_000);
            ticks.Add(
                random.Next(4) == 0
                    ? new PackedTick
                    {
                        TimeMicros = time,
                        Symbol = symbol,
                        Kind = TickKind.Quote,
                        Price = price,
                        Bid = Price.FromNanos(price.Nanos - 10_000_000),
                        Ask = Price.FromNanos(price.Nanos + 10_000_000),
                    }
                    : new PackedTick
                    {
                        TimeMicros = time,
                        Symbol = symbol,
                        Kind = TickKind.Trade,
                        Price = price,
                        Size = Quantity.FromRaw(random.Next(0, 1000) * 1_000_000L),
                    }
            );
        }

        return ticks;
    }
}
