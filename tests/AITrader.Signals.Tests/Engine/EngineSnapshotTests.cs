using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;

namespace AITrader.Signals.Tests.Engine;

/// <summary>An engine stopped between any two ticks and made again from its snapshot gives the signals of one that never stopped.</summary>
public sealed class EngineSnapshotTests
{
    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public void Goes_on_with_the_same_signals_whatever_tick_a_walk_is_cut_at(int seed)
    {
        var random = new Random(seed);
        var ticks = Samples.Walk(seed, 8_000, symbols: 4);
        Verify(
            ticks,
            ["S0", "S1", "S2", "S3"],
            EngineRun.Settings,
            [.. Enumerable.Range(0, 60).Select(_ => random.Next(ticks.Count)).Append(0).Append(1).Append(ticks.Count).Order()]
        );
    }

    [Theory]
    [InlineData("usdm_btcusdt_20240808")]
    [InlineData("cm_ethusd_perp_20240808")]
    public void Goes_on_with_the_same_signals_whatever_tick_a_capture_is_cut_at(string capture)
    {
        var random = new Random(7);
        var ticks = Samples.Capture(capture, out var symbols);
        var settings = new PatternSettings(PatternParameters.Default with { BarSeconds = 5 }, new Dictionary<string, PatternParameters>());
        Verify(ticks, symbols.Names, settings, [.. Enumerable.Range(0, 40).Select(_ => random.Next(ticks.Count)).Order()]);
    }

    [Fact]
    public void Refuses_a_snapshot_that_is_torn_rotten_or_made_with_other_parameters()
    {
        using var engine = EngineRun.Engine(1, symbols: 4);
        EngineRun.Run(engine, Samples.Walk(43, 2_000, symbols: 4));
        var saved = EngineSnapshot.Save(engine).ToArray();

        foreach (var cut in Enumerable.Range(0, 40).Select(i => saved.Length * i / 40))
        {
            Assert.Throws<InvalidDataException>(() => Restore(saved[..cut], EngineRun.Settings));
        }

        Assert.Throws<InvalidDataException>(() => Restore(saved, PatternSettings.Default));
        saved[saved.Length / 2] ^= 4;
        Assert.Throws<InvalidDataException>(() => Restore(saved, EngineRun.Settings));
    }

    private static void Verify(List<PackedTick> ticks, IReadOnlyList<string> names, PatternSettings settings, int[] cuts)
    {
        var expected = EngineRun.Plain(settings, names, ticks);
        Assert.True(expected.Count > 50, $"only {expected.Count} signals");
        var signals = new List<string>();
        var saved = ReadOnlyMemory<byte>.Empty;
        var from = 0;
        foreach (var (number, cut) in cuts.Append(ticks.Count).Index())
        {
            using var engine = EngineRun.Engine((number % 3) + 1, settings);
            if (number == 0)
            {
                names.ToList().ForEach(name => engine.Symbols.Intern(name));
            }
            else
            {
                EngineSnapshot.Restore(engine, saved.Span);
                Assert.Equal(from, engine.Position);
                Assert.True(saved.Span.SequenceEqual(EngineSnapshot.Save(engine).Span));
            }

            signals.AddRange(EngineRun.Run(engine, ticks[from..cut]));
            saved = EngineSnapshot.Save(engine);
            from = cut;
        }

        Assert.Equal(expected, signals);
    }

    private static void Restore(byte[] saved, PatternSettings settings)
    {
        using var engine = EngineRun.Engine(2, settings);
        EngineSnapshot.Restore(engine, saved);
    }
}
