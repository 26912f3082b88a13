using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.PatternEngine.Engine;

namespace AITrader.PatternEngine.Tests;

public sealed class TickEngineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5000)]
    public void Gives_the_same_signals_whatever_the_batches(int size)
    {
        var ticks = Samples.Ticks("r-1", 6_000);
        using var engine = new TickEngine(Samples.Settings);
        var signals = ticks
            .Select(static (tick, i) => new StreamEntry<Tick>($"1-{i}", tick))
            .Chunk(size)
            .SelectMany(batch => engine.Handle(batch).Signals)
            .Select(static found => Samples.Show(found.Signal))
            .ToList();

        Assert.Equal(Samples.Expected(ticks), signals);
        Assert.True(signals.Count > 30, $"only {signals.Count} signals");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Gives_the_same_signals_whatever_the_shards(int shards)
    {
        var ticks = Samples.Ticks("r-1", 6_000);
        using var engine = new TickEngine(Samples.Settings with { Shards = shards, RingCapacity = 512 });
        var result = engine.Handle([.. ticks.Select(static (tick, i) => new StreamEntry<Tick>($"1-{i}", tick))]);

        Assert.Equal(Samples.Expected(ticks), result.Signals.Select(static found => Samples.Show(found.Signal)));
        Assert.Equal(0, engine.Shards.Statistics.Sum(static shard => shard.WindowsInUse));
    }

    [Fact]
    public void Does_not_know_a_symbol_of_which_it_took_nothing()
    {
        var ticks = Samples.Ticks("r-1", 1).ConvertAll(static tick => tick with { Symbol = "TEST:BAD", Price = Price.Of(0) });
        using var engine = new TickEngine(Samples.Settings);
        engine.Handle([new("1-0", ticks[0])]);

        Assert.Empty(engine.Shards.Symbols.Names);
    }

    [Fact]
    public void Passes_over_what_it_has_handled()
    {
        var ticks = Samples.Ticks("r-1", 4_000);
        using var engine = new TickEngine(Samples.Settings);
        var random = new Random(6);
        var signals = new List<string>();
        var repeated = 0;
        for (var at = 0; at < ticks.Count; )
        {
            // Redelivered entries have their old ids; ticks published twice have new ids and old numbers.
            var from = Math.Max(0, at - random.Next(0, 40));
            var to = Math.Min(ticks.Count, at + random.Next(1, 60));
            var batch = Enumerable.Range(from, to - from).Select(i => new StreamEntry<Tick>($"{(2 * i) + 1}-0", ticks[i])).ToList();
            if (to < ticks.Count && random.Next(3) == 0)
            {
                batch.Add(new StreamEntry<Tick>($"{2 * to}-0", ticks[to - 1]));
            }

            var result = engine.Handle(batch);
            repeated += result.Repeated;
            signals.AddRange(result.Signals.Select(static found => Samples.Show(found.Signal)));
            at = to;
        }

        Assert.Equal(Samples.Expected(ticks), signals);
        Assert.True(repeated > 100);
    }

    [Fact]
    public void Begins_a_new_run_with_empty_states()
    {
        var first = Samples.Ticks("r-1", 3_000);
        var second = Samples.Ticks("r-2", 3_000, seed: 2);
        using var engine = new TickEngine(Samples.Settings);
        var both = engine.Handle([.. first.Concat(second).Select(static (tick, i) => new StreamEntry<Tick>($"{i + 1}-0", tick))]);

        Assert.Equal(
            [.. Samples.Expected(first), .. Samples.Expected(second)],
            both.Signals.Select(static found => Samples.Show(found.Signal))
        );
        Assert.Equal(new Dictionary<string, long> { ["r-1"] = 3_000, ["r-2"] = 3_000 }, both.Watermarks);
        Assert.Equal("r-2", engine.Run);
    }

    [Fact]
    public void Refuses_a_tick_that_indicators_cannot_take_and_goes_on()
    {
        var ticks = Samples.Ticks("r-1", 3);
        ticks[1] = ticks[1] with { Price = Price.Of(0) };
        using var engine = new TickEngine(Samples.Settings);
        var result = engine.Handle([.. ticks.Select(static (tick, i) => new StreamEntry<Tick>($"{i + 1}-0", tick))]);

        Assert.Equal(["2-0"], result.Refused);
        Assert.Equal(2, result.Ticks);
        Assert.Equal(3, result.Watermarks["r-1"]);
    }

    [Fact]
    public void Takes_live_ticks_whose_numbers_begin_anew()
    {
        var ticks = Samples.Ticks(string.Empty, 2).ConvertAll(static tick => tick with { Seq = 5 });
        using var engine = new TickEngine(Samples.Settings);
        Assert.Equal(2, engine.Handle([new("1-0", ticks[0]), new("2-0", ticks[1])]).Ticks);
    }
}
