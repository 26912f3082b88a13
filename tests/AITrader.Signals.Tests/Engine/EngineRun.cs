using System.Globalization;
using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.Signals.Tests.Patterns;

namespace AITrader.Signals.Tests.Engine;

/// <summary>Ticks through engines, and through the patterns alone, with everything that a signal says as text.</summary>
internal static class EngineRun
{
    /// <summary>Every pattern that there is, restless: short periods, bars of two seconds, hardly any cool-down.</summary>
    internal static readonly PatternParameters Restless = (
        PatternParameters.Default with
        {
            EmaFast = 3,
            EmaSlow = 7,
            AtrPeriod = 5,
            RsiPeriod = 5,
            Window = 16,
            BarSeconds = 2,
        }
    )
        .Set("vwap_deviation", "Warmup", 10)
        .Set("vwap_deviation", "Entry", 1.2)
        .Set("vwap_deviation", "Exit", 0.8)
        .Set("breakout", "Lookback", 12)
        .Set("ema_cross", "Cooldown", 0.2)
        .Set("vwap_deviation", "Cooldown", 0.7)
        .Set("breakout", "Cooldown", 0);

    internal static PatternSettings Settings { get; } =
        new(Restless, new Dictionary<string, PatternParameters> { ["S3"] = Restless with { Window = 40, EmaFast = 2 } });

    internal static ShardedEngine Engine(int shards, PatternSettings? settings = null, int symbols = 0, int ring = 1_024)
    {
        var engine = new ShardedEngine(
            new EngineSettings
            {
                Patterns = settings ?? Settings,
                Shards = shards,
                RingCapacity = ring,
                Spins = 50,
            }
        );
        Enumerable.Range(0, symbols).ToList().ForEach(i => engine.Symbols.Intern($"S{i}"));
        return engine;
    }

    /// <summary>Posts everything, taking what there is where a ring is full, then takes the rest.</summary>
    internal static List<string> Run(ShardedEngine engine, IEnumerable<PackedTick> ticks)
    {
        var signals = new List<string>();
        foreach (var tick in ticks)
        {
            while (!engine.TryPost(tick))
            {
                while (engine.TryTake(out var signal))
                {
                    signals.Add(Show(engine, signal));
                }
            }
        }

        while (engine.Take(out var signal))
        {
            signals.Add(Show(engine, signal));
        }

        return signals;
    }

    /// <summary>The same from the patterns of each symbol, without engine, threads and rings.</summary>
    internal static List<string> Plain(PatternSettings settings, IReadOnlyList<string> names, IReadOnlyList<PackedTick> ticks)
    {
        var symbols = new SymbolTable();
        names.ToList().ForEach(name => symbols.Intern(name));
        var bank = new PatternBank(settings, symbols);
        var found = new Detection[PatternCatalogue.BuiltIn.Count];
        var signals = new List<string>();
        for (var i = 0; i < ticks.Count; i++)
        {
            var count = bank.Apply(ticks[i], found);
            var state = bank[ticks[i].Symbol].State;
            var window = new double[bank[ticks[i].Symbol].Window];
            var length = state.CopyWindow(window);
            for (var j = 0; j < count; j++)
            {
                signals.Add(
                    Show(
                        i + 1,
                        ticks[i].Symbol,
                        found[j],
                        [state.EmaFast, state.EmaSlow, state.Vwap, state.StdDev, state.Rsi, state.Atr],
                        state.Trades,
                        state.Bid,
                        state.Ask,
                        window.AsSpan(0, length)
                    )
                );
            }
        }

        return signals;
    }

    private static string Show(ShardedEngine engine, in EngineSignal s)
    {
        var text = Show(
            s.Sequence,
            s.Symbol,
            s.Detection,
            [s.EmaFast, s.EmaSlow, s.Vwap, s.StdDev, s.Rsi, s.Atr],
            s.Trades,
            s.Bid,
            s.Ask,
            engine.Window(s)
        );
        engine.Release(s);
        return text;
    }

    private static string Show(
        long sequence,
        int symbol,
        in Detection detection,
        double[] features,
        long trades,
        Price bid,
        Price ask,
        ReadOnlySpan<double> window
    )
    {
        var evidence = new double[PatternCatalogue.BuiltIn.Evidence(detection.Pattern).Count];
        for (var i = 0; i < evidence.Length; i++)
        {
            evidence[i] = detection.Evidence(i);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sequence} {symbol} {PatternCatalogue.BuiltIn.Names[detection.Pattern]} {detection.Direction} {detection.Score:R} {detection.HorizonSeconds:R} {Bits(evidence)} {Bits(features)} {trades} {bid} {ask} {Bits(window)}"
        );
    }

    private static string Bits(ReadOnlySpan<double> values) => string.Join(',', values.ToArray().Select(BitConverter.DoubleToInt64Bits));
}
