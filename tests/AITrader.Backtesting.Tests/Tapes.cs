using AITrader.Backtesting.Data;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;

namespace AITrader.Backtesting.Tests;

/// <summary>Tapes made by hand.</summary>
internal static class Tapes
{
    internal const long Start = 1_723_161_600_000_000; // 2024-08-09T00:00:00Z
    internal const long Second = 1_000_000;

    internal static PackedTick Trade(long micros, decimal price, int symbol = 0, decimal half = 0.1m, decimal size = 1m) =>
        new()
        {
            TimeMicros = micros,
            Symbol = symbol,
            Kind = TickKind.Trade,
            Price = Price.Of(price),
            Size = Quantity.Of(size),
            Bid = Price.Of(price - half),
            BidSize = Quantity.Of(size),
            Ask = Price.Of(price + half),
            AskSize = Quantity.Of(size),
        };

    internal static MarketTape Of(IEnumerable<PackedTick> ticks, params string[] names) =>
        MarketTape.Of([.. ticks], names.Length > 0 ? names : ["BTCUSDT"], "by-hand");

    /// <summary>A trade a second, a seeded walk.</summary>
    internal static MarketTape Walk(int seed, int count)
    {
        var random = new Random(seed);
        var price = 60_000m;
        return Of(
            Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    price += random.Next(-50, 51);
                    return Trade(Start + (i * Second), price);
                })
                .ToList()
        );
    }
}
