using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.Signals.State;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Patterns;

public sealed class PatternTests
{
    private static readonly PatternSelection Three = PatternSelection.Of("ema_cross", "vwap_deviation", "breakout");

    private static readonly PatternParameters Restless = (
        PatternParameters.Default with
        {
            EmaFast = 3,
            EmaSlow = 7,
            AtrPeriod = 5,
            RsiPeriod = 5,
            Window = 16,
            Enabled = Three,
        }
    )
        .Set("vwap_deviation", "Warmup", 10)
        .Set("vwap_deviation", "Entry", 1.2)
        .Set("vwap_deviation", "Exit", 0.8)
        .Set("breakout", "Lookback", 12)
        .Set("ema_cross", "Cooldown", 0.2)
        .Set("vwap_deviation", "Cooldown", 0.7)
        .Set("breakout", "Cooldown", 0);

    private static readonly PatternParameters Default = PatternParameters.Default with { Enabled = Three };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Finds_what_the_page_of_formulas_says_bit_for_bit(int seed)
    {
        var ticks = Samples.Walk(seed, 1_500);
        var expected = NaiveSignals.Find(ticks, Restless);

        Assert.Equal(expected, Find(ticks, Restless));
        Assert.Equal(["breakout", "ema_cross", "vwap_deviation"], expected.Select(static signal => signal.Pattern).Distinct().Order());
        Assert.True(expected.Count > 50, $"only {expected.Count} signals");
    }

    [Fact]
    public void Finds_what_the_page_of_formulas_says_in_a_capture()
    {
        var ticks = Samples.Capture("cm_ethusd_perp_20240808", out _);
        Assert.Equal(NaiveSignals.Find(ticks, Default), Find(ticks, Default));
    }

    [Theory]
    [InlineData("usdm_btcusdt_20240808", 37, 5, 43)]
    [InlineData("spot_btcusdt_20240808", 26, 3, 31)]
    [InlineData("cm_ethusd_perp_20240808", 18, 9, 18)]
    public void Finds_as_many_as_the_page_of_formulas_lists(string capture, int crosses, int deviations, int breakouts)
    {
        var signals = Find(Samples.Capture(capture, out _), Default);
        Assert.Equal((crosses, deviations, breakouts), (Count("ema_cross"), Count("vwap_deviation"), Count("breakout")));
        Assert.All(signals, static signal => Assert.InRange(signal.Score, 0, 1));

        int Count(string pattern) => signals.Count(signal => signal.Pattern == pattern);
    }

    [Fact]
    public void Never_looks_ahead()
    {
        var ticks = Samples.Walk(11, 1_200);
        var whole = Find(ticks, Restless);
        for (var length = 0; length <= ticks.Count; length += 37)
        {
            Assert.Equal(whole.TakeWhile(signal => signal.Tick < length), Find(ticks[..length], Restless));
        }
    }

    [Fact]
    public void Goes_on_from_a_saved_state_as_if_it_had_never_stopped()
    {
        var random = new Random(4);
        var ticks = Samples.Walk(12, 4_000);
        var whole = Find(ticks, Restless);
        for (var round = 0; round < 20; round++)
        {
            var patterns = new SymbolPatterns(Restless);
            var signals = new List<NaiveSignal>();
            for (var i = 0; i < ticks.Count; i++)
            {
                if (random.Next(200) == 0)
                {
                    patterns = SymbolPatterns.Restore(Restless, Save(patterns));
                }

                Take(patterns, ticks[i], i, signals);
            }

            Assert.Equal(whole, signals);
        }
    }

    [Fact]
    public void Refuses_a_state_that_is_torn_or_was_made_otherwise()
    {
        var patterns = new SymbolPatterns(Restless);
        Samples.Walk(13, 500).ForEach(tick => patterns.Apply(tick, new Detection[PatternCatalogue.BuiltIn.Count]));
        var saved = Save(patterns);

        Assert.Equal(saved, Save(SymbolPatterns.Restore(Restless, saved)));
        for (var length = 0; length < saved.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => SymbolPatterns.Restore(Restless, saved.AsSpan(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => SymbolPatterns.Restore(Restless, [.. saved, 0]));
        Assert.Throws<InvalidDataException>(() => SymbolPatterns.Restore((Restless.Set("vwap_deviation", "Entry", 1.3)), saved));
        saved[4]++;
        Assert.Throws<InvalidDataException>(() => SymbolPatterns.Restore(Restless, saved));
    }

    [Fact]
    public void Allocates_nothing_per_tick()
    {
        var symbols = new SymbolTable();
        Enumerable.Range(0, 8).ToList().ForEach(i => symbols.Intern($"S{i}"));
        var bank = new PatternBank(new PatternSettings(Restless, new Dictionary<string, PatternParameters>()), symbols);
        var ticks = Samples.Walk(14, 20_000, symbols: 8).ToArray();
        var found = new Detection[PatternCatalogue.BuiltIn.Count];
        Assert.True(Run() > 100);
        Assert.Equal(0, Allocations.Of(() => Run()));

        int Run()
        {
            var signals = 0;
            foreach (ref readonly var tick in ticks.AsSpan())
            {
                signals += bank.Apply(tick, found);
            }

            return signals;
        }
    }

    [Fact]
    public void Uses_a_symbols_own_parameters_and_switches()
    {
        var symbols = new SymbolTable();
        symbols.Intern("A");
        symbols.Intern("B");
        var own = new Dictionary<string, PatternParameters> { ["B"] = Restless with { Enabled = default } };
        var bank = new PatternBank(new PatternSettings(Restless, own), symbols);
        var counts = new int[2];
        foreach (var tick in Samples.Walk(15, 2_000, symbols: 2))
        {
            counts[tick.Symbol] += bank.Apply(tick, new Detection[PatternCatalogue.BuiltIn.Count]);
        }

        Assert.True(counts[0] > 10);
        Assert.Equal(0, counts[1]);
    }

    [Theory]
    [InlineData("EmaSlow: 3 is not in 4 to 65536")]
    public void Refuses_parameters_that_make_no_sense(string expected) =>
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => new SymbolPatterns(Restless with { EmaSlow = 3 })).Message);

    private static List<NaiveSignal> Find(List<PackedTick> ticks, PatternParameters parameters)
    {
        var patterns = new SymbolPatterns(parameters);
        var signals = new List<NaiveSignal>();
        for (var i = 0; i < ticks.Count; i++)
        {
            Take(patterns, ticks[i], i, signals);
        }

        return signals;
    }

    private static void Take(SymbolPatterns patterns, in PackedTick tick, int index, List<NaiveSignal> signals)
    {
        var found = new Detection[PatternCatalogue.BuiltIn.Count];
        var count = patterns.Apply(tick, found);
        foreach (var detection in found.Take(count))
        {
            var names = PatternCatalogue.BuiltIn.Evidence(detection.Pattern);
            signals.Add(
                new NaiveSignal(
                    index,
                    PatternCatalogue.BuiltIn.Names[detection.Pattern],
                    detection.Direction.ToString(),
                    detection.Score,
                    NaiveSignals.Show([.. names.Select((_, i) => detection.Evidence(i))])
                )
            );
        }
    }

    private static byte[] Save(SymbolPatterns patterns)
    {
        var writer = new StateWriter();
        patterns.Save(writer);
        return writer.Written.ToArray();
    }
}
