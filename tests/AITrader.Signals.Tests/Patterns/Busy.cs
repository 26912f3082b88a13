using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;
using AITrader.Signals.Tests.Patterns.Candlesticks;
using AITrader.Signals.Tests.Patterns.Detectors;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>A market in which nearly everything happens, and parameters that let it be seen.</summary>
internal static class Busy
{
    /// <summary>All patterns, the neutral ones too, with bars of a second, hardly any warm-up and no cool-down.</summary>
    internal static PatternParameters All { get; } = With(PatternCatalogue.BuiltIn.All);

    internal static PatternParameters Only(string pattern) => With([PatternCatalogue.BuiltIn.All[PatternCatalogue.BuiltIn.Find(pattern)]]);

    /// <summary><see cref="Ticks"/>, then every drawn candlestick.</summary>
    internal static List<PackedTick> Series(int seed, int count)
    {
        var ticks = Ticks(seed, count);
        var tape = new Tape(ticks[^1].TimeMicros + EventTime.MicrosPerSecond - (ticks[^1].TimeMicros % EventTime.MicrosPerSecond));
        foreach (var bar in CandleShape.All.SelectMany(static shape => CandleShape.Before.Concat(shape.Shape)))
        {
            tape.Bar(bar);
        }

        return [.. ticks, .. tape.Trade(100).Ticks]; // the last bar needs a tick that closes it
    }

    /// <summary>Quotes and trades of one symbol: trends, jumps, floods, pauses, lopsided and wide quotes.</summary>
    internal static List<PackedTick> Ticks(int seed, int count)
    {
        var random = new Random(seed);
        var tape = new Market(random);
        var ticks = new List<PackedTick>(count);
        while (ticks.Count < count)
        {
            tape.Next(ticks);
        }

        return ticks[..count];
    }

    private static PatternParameters With(IReadOnlyList<PatternDefinition> patterns)
    {
        var parameters = PatternParameters.Default with
        {
            BarSeconds = 1,
            PivotBars = 2,
            EmaFast = 3,
            EmaSlow = 9,
            Enabled = patterns.Aggregate(default(PatternSelection), static (set, pattern) => set.With(pattern.Index, runs: true)),
        };
        foreach (var pattern in PatternCatalogue.BuiltIn.All)
        {
            parameters = parameters.With(pattern.Index, PatternParameter.Cooldown, 0);
        }

        return parameters
            .Set("vwap_deviation", "Warmup", 20)
            .Set("breakout", "Lookback", 20)
            .Set("z_score", "Window", 40)
            .Set("z_score", "Entry", 2.5)
            .Set("imbalance_burst", "Entry", 0.6)
            .Set("imbalance_burst", "Warmup", 10)
            .Set("sweep", "MinLevels", 3)
            .Set("sweep", "MaxGap", 0.4)
            .Set("absorption", "MeanTrades", 20)
            .Set("absorption", "Factor", 3)
            .Set("absorption", "MaxMoveBps", 2)
            .Set("spread_shock", "MeanQuotes", 20)
            .Set("spread_shock", "Entry", 2)
            .Set("volume_spike", "Buckets", 8)
            .Set("volume_spike", "Factor", 3)
            .Set("macd_cross", "Fast", 4)
            .Set("macd_cross", "Slow", 9)
            .Set("macd_cross", "Signal", 4)
            .Set("head_and_shoulders", "Tolerance", 0.6)
            .Set("inverse_head_and_shoulders", "Tolerance", 0.6)
            .Set("bull_flag", "PoleAtr", 1.5)
            .Set("bear_flag", "PoleAtr", 1.5)
            .Set("range", "Lookback", 12)
            .Set("range", "Edge", 0.2)
            .Set("range", "MinTouches", 1)
            .Set("gap", "MinAtr", 0.05);
    }

    private sealed class Market(Random random)
    {
        private long _micros = EventTime.MicrosPerDay * 20_000 - (40 * EventTime.MicrosPerSecond);
        private long _cents = 1_000_000; // of 10,000.00
        private double _drift;

        internal void Next(List<PackedTick> ticks)
        {
            _drift = random.Next(60) == 0 ? (random.NextDouble() - 0.5) * 60 : _drift;
            _micros += random.Next(7) == 0 ? random.Next(0, 1_200_000) : random.Next(0, 260_000);
            _cents += (long)(_drift + ((random.NextDouble() - 0.5) * 80)) + (random.Next(80) == 0 ? random.Next(-900, 901) : 0);
            var wide = random.Next(40) == 0 ? random.Next(100, 400) : random.Next(5, 20);
            var lopsided = random.Next(200) < 100 ? random.Next(1, 400) : 10;
            if (random.Next(3) == 0)
            {
                ticks.Add(Quote(_cents - wide, _cents + random.Next(5, 20), lopsided, random.Next(1, 30)));
                return;
            }

            var isFlood = random.Next(25) == 0;
            for (var i = isFlood ? random.Next(3, 9) : 1; i > 0; i--)
            {
                ticks.Add(Trade(_cents, isFlood ? random.Next(50, 200) : random.Next(0, 20)));
                _cents += isFlood ? 5 * Math.Sign(_drift) : 0;
            }
        }

        private PackedTick Trade(long cents, int size) =>
            new()
            {
                TimeMicros = _micros,
                Symbol = 0,
                Kind = TickKind.Trade,
                Price = Of(cents),
                Size = Quantity.FromRaw(size * 1_000_000L),
            };

        private PackedTick Quote(long bid, long ask, int bidSize, int askSize) =>
            new()
            {
                TimeMicros = _micros,
                Symbol = 0,
                Kind = TickKind.Quote,
                Price = Price.Mid(Of(bid), Of(ask)),
                Bid = Of(bid),
                Ask = Of(ask),
                BidSize = Quantity.FromRaw(bidSize * 1_000_000L),
                AskSize = Quantity.FromRaw(askSize * 1_000_000L),
            };

        private static Price Of(long cents) => Price.FromNanos(cents * (Price.Scale / 100));
    }
}
