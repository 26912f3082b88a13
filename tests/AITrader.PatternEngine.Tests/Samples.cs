using System.Text.Json;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.PatternEngine.Engine;
using AITrader.Signals.Engine;

namespace AITrader.PatternEngine.Tests;

/// <summary>Seeded ticks, and the signals that they must give.</summary>
internal static class Samples
{
    internal static readonly EngineSettings Settings = new() { Spins = 50 };

    internal static List<Tick> Ticks(string run, int count, int seed = 1)
    {
        var random = new Random(seed);
        var prices = new[] { 100.00m, 250.00m, 61_800.0m };
        var time = new DateTimeOffset(2026, 1, 5, 3, 45, 0, TimeSpan.Zero);
        var ticks = new List<Tick>(count);
        for (var seq = 1; seq <= count; seq++)
        {
            var symbol = random.Next(prices.Length);
            prices[symbol] += random.Next(-5, 6) * prices[symbol] / 100_000m;
            prices[symbol] = decimal.Round(prices[symbol], 3);
            time = time.AddMicroseconds(random.Next(0, 120_000));
            var isQuote = random.Next(3) == 0;
            ticks.Add(
                new Tick
                {
                    Symbol = $"TEST:S{symbol}",
                    Price = Price.Of(prices[symbol]),
                    Volume = Quantity.Of(isQuote ? 0 : random.Next(1, 500) / 100m),
                    Timestamp = time,
                    Kind = isQuote ? TickKind.Quote : TickKind.Trade,
                    Bid = isQuote ? Price.Of(prices[symbol] - 0.01m) : null,
                    Ask = isQuote ? Price.Of(prices[symbol] + 0.01m) : null,
                    Source = "test",
                    Seq = seq,
                    Run = run,
                    Trace = $"00-{seq:x32}-{seq:x16}-01",
                }
            );
        }

        return ticks;
    }

    /// <summary>What an engine gives that is never disturbed.</summary>
    internal static List<string> Expected(IEnumerable<Tick> ticks)
    {
        using var engine = new TickEngine(Settings);
        return
        [
            .. engine
                .Handle([.. ticks.Select(static (tick, i) => new StreamEntry<Tick>($"{i + 1}-0", tick))])
                .Signals.Select(static found => Show(found.Signal)),
        ];
    }

    /// <summary>Everything a signal says, as text: equal texts are equal signals.</summary>
    internal static string Show(Signal signal) => JsonSerializer.Serialize(signal);
}
