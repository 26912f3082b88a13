using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.State;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Engine;

public sealed class ShardedEngineTests
{
    private const int Symbols = 9;

    private static readonly string[] Names = [.. Enumerable.Range(0, Symbols).Select(static i => $"S{i}")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Gives_the_signals_of_the_patterns_alone_in_the_order_of_ticks_whatever_the_shards(int shards)
    {
        var ticks = Samples.Walk(31, 12_000, Symbols);
        var expected = EngineRun.Plain(EngineRun.Settings, Names, ticks);
        using var engine = EngineRun.Engine(shards, symbols: Symbols);

        Assert.Equal(expected, EngineRun.Run(engine, ticks));
        Assert.True(expected.Count > 500, $"only {expected.Count} signals");
        Assert.Equal(shards, Names.Select(name => ShardedEngine.ShardOf(name, shards)).Distinct().Count());
        Assert.Equal(ticks.Count, engine.Statistics.Sum(static shard => shard.Ticks));
        Assert.Equal(expected.Count, engine.Statistics.Sum(static shard => shard.Signals));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gives_the_same_signals_through_the_smallest_rings_and_batches_of_any_size(int shards)
    {
        var random = new Random(5);
        var ticks = Samples.Walk(32, 6_000, Symbols);
        var smallest = 2 * (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)PatternCatalogue.BuiltIn.Count);
        using var engine = EngineRun.Engine(shards, symbols: Symbols, ring: smallest);
        var signals = new List<string>();
        for (var at = 0; at < ticks.Count; )
        {
            var size = Math.Min(ticks.Count - at, random.Next(1, 900));
            signals.AddRange(EngineRun.Run(engine, ticks.GetRange(at, size)));
            at += size;
        }

        Assert.Equal(EngineRun.Plain(EngineRun.Settings, Names, ticks), signals);
    }

    [Fact]
    public void Gives_the_signals_of_a_capture_whatever_the_shards()
    {
        var ticks = Samples.Capture("usdm_btcusdt_20240808", out var symbols);
        var expected = EngineRun.Plain(PatternSettings.Default, symbols.Names, ticks);
        foreach (var shards in (int[])[1, 2, 4])
        {
            using var engine = EngineRun.Engine(shards, PatternSettings.Default);
            symbols.Names.ToList().ForEach(name => engine.Symbols.Intern(name));
            Assert.Equal(expected, EngineRun.Run(engine, ticks));
        }
    }

    [Fact]
    public void Has_no_window_out_once_all_signals_were_released_and_shows_a_leak()
    {
        var ticks = Samples.Walk(33, 4_000, Symbols);
        using var engine = EngineRun.Engine(2, symbols: Symbols);
        EngineRun.Run(engine, ticks[..3_000]);
        Assert.Equal(0, engine.Statistics.Sum(static shard => shard.WindowsInUse));

        ticks[3_000..3_100].ForEach(tick => Assert.True(engine.TryPost(tick)));
        while (engine.Take(out _))
        {
            // Taken and not released: a leak.
        }

        Assert.True(engine.Statistics.Sum(static shard => shard.WindowsInUse) > 0);
    }

    [Fact]
    public void Allocates_nothing_on_any_thread_once_its_symbols_are_known()
    {
        var ticks = Samples.Walk(34, 10_000, Symbols).ToArray();
        using var engine = EngineRun.Engine(2, symbols: Symbols);
        Assert.Equal(0, Allocations.Of(Pass));

        // A collection that another thread starts charges a thread for memory that it did not ask for; one that allocates does so in every
        // round.
        var rounds = Enumerable.Range(0, 5).Select(_ => Round()).ToList();
        Assert.Contains(0, rounds);

        long Round()
        {
            var before = engine.Statistics.Sum(static shard => shard.AllocatedBytes);
            Pass();
            return engine.Statistics.Sum(static shard => shard.AllocatedBytes) - before;
        }

        void Pass()
        {
            foreach (ref readonly var tick in ticks.AsSpan())
            {
                while (!engine.TryPost(tick))
                {
                    Drain();
                }
            }

            Drain();
        }

        void Drain()
        {
            while (engine.Take(out var signal))
            {
                engine.Release(signal);
            }
        }
    }

    [Fact]
    public void Stamps_every_tick_that_brings_signals()
    {
        var ticks = Samples.Walk(35, 3_000, Symbols);
        using var engine = EngineRun.Engine(2, symbols: Symbols);
        var signals = EngineRun.Run(engine, ticks);

        var latency = engine.Latency();
        Assert.Equal(signals.Select(static signal => signal.Split(' ')[0]).Distinct().Count(), latency.Count);
        Assert.InRange(latency.PercentileNanos(50), 1, latency.MaxNanos);
    }

    [Fact]
    public void Says_that_a_shard_met_a_bug_and_which_one()
    {
        var ticks = Samples.Walk(36, 2_000, Symbols);
        using var engine = EngineRun.Engine(2, symbols: Symbols);
        EngineRun.Run(engine, ticks);
        engine.PatternsOf(4).State.Fused.BlockPosition = 1 << 20;

        var fault = Assert.Throws<EngineFaultException>(() =>
            EngineRun.Run(engine, [.. ticks.Where(static tick => tick.Symbol == 4), .. ticks])
        );
        Assert.Equal(ShardedEngine.ShardOf("S4", 2), fault.Shard);
        Assert.IsType<IndexOutOfRangeException>(fault.InnerException);
        Assert.Throws<EngineFaultException>(() => EngineRun.Run(engine, ticks));
    }

    [Fact]
    public void Stops_with_ticks_under_way_and_nobody_to_take_their_signals()
    {
        var ticks = Samples.Walk(37, 20_000, Symbols);
        var engine = EngineRun.Engine(2, symbols: Symbols, ring: 256);
        foreach (var tick in ticks)
        {
            if (!engine.TryPost(tick))
            {
                break;
            }
        }

        engine.Dispose();
        engine.Dispose();
    }

    [Fact]
    public void Forgets_everything_when_cleared()
    {
        var ticks = Samples.Walk(38, 3_000, Symbols);
        using var engine = EngineRun.Engine(2, symbols: Symbols);
        var first = EngineRun.Run(engine, ticks);
        engine.Clear();
        Names.ToList().ForEach(name => engine.Symbols.Intern(name));
        var second = EngineRun.Run(engine, ticks);

        Assert.Equal(first.ConvertAll(WithoutNumber), second.ConvertAll(WithoutNumber));
        Assert.Equal(2 * ticks.Count, engine.Position);
        static string WithoutNumber(string signal) => signal[(signal.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }

    [Fact]
    public void Refuses_to_save_restore_or_clear_while_ticks_are_under_way()
    {
        using var engine = EngineRun.Engine(1, symbols: Symbols);
        foreach (var tick in Samples.Walk(39, 1_000, Symbols))
        {
            Assert.True(engine.TryPost(tick));
        }

        // Signals wait to be taken, whether or not the shard is done.
        Assert.Throws<InvalidOperationException>(() => engine.Save(0, new StateWriter()));
        Assert.Throws<InvalidOperationException>(engine.Clear);
        Assert.Throws<InvalidOperationException>(() => EngineSnapshot.Save(engine));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(16, 8)]
    [InlineData(3, 1)]
    public void Leaves_cores_to_what_feeds_it(int cores, int shards) =>
        Assert.Equal(shards, Math.Min(EngineSettings.DefaultShards(cores), 8));

    [Fact]
    public void Refuses_rings_that_two_ticks_could_fill_and_shards_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ShardedEngine(new EngineSettings { RingCapacity = 64 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ShardedEngine(new EngineSettings { Shards = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ShardedEngine(new EngineSettings { Shards = 65 }));
    }
}
