using AITrader.Signals.Indicators;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>What every bar indicator must hold.</summary>
public sealed class IndicatorPropertyTests
{
    public static TheoryData<string> Names => [.. IndicatorCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_ready_at_the_bar_its_warm_up_names(string name)
    {
        var (warmUp, create) = IndicatorCases.All[name];
        var feed = create();
        var bars = BarSamples.Walk(3, 60);
        for (var i = 1; i <= bars.Count; i++)
        {
            feed.Update(bars[i - 1]);
            Assert.Equal((i, i >= warmUp), (i, feed.IsReady));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Allocates_nothing_after_construction(string name)
    {
        var feed = IndicatorCases.All[name].Feed();
        var bars = BarSamples.Walk(4, 500).ToArray();

        Assert.Equal(0, Allocations.Of(() => Cycle(feed, bars)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_the_same_whatever_comes_later(string name)
    {
        var create = IndicatorCases.All[name].Feed;
        var bars = BarSamples.Walk(5, 260);
        var whole = create().Run(bars);
        foreach (var cut in (int[])[1, 7, 40, 133, 259])
        {
            Assert.Equal(whole.Take(cut), create().Run(bars.Take(cut)));
            Assert.Equal(whole.Take(cut), create().Run([.. bars.Take(cut), .. BarSamples.Walk(6, 20)]).Take(cut));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stays_finite_where_nothing_moves_and_nothing_trades(string name)
    {
        var flat = Enumerable.Repeat(new BarInput(0.1, 0.1, 0.1, 0.1, 0.0, 0), 200);
        Assert.All(IndicatorCases.All[name].Feed().Run([.. BarSamples.Walk(7, 50), .. flat]), static outputs =>
            Assert.All(outputs, static value => Assert.True(double.IsFinite(value)))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Goes_on_from_a_saved_state_to_the_bit_whatever_bar_it_was_cut_at(string name)
    {
        var create = IndicatorCases.All[name].Feed;
        var bars = BarSamples.Walk(8, 120);
        var whole = create().Run(bars);
        var running = create();
        for (var cut = 0; cut < bars.Count; cut++)
        {
            var saved = running.Save();
            var restored = create().Load(saved);
            Assert.Equal(running.IsReady, restored.IsReady);
            Assert.Equal(saved, restored.Save());
            Assert.Equal(whole.Skip(cut), restored.Run(bars.Skip(cut)));
            running.Update(bars[cut]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_a_saved_state_whatever_it_had_seen_itself(string name)
    {
        var create = IndicatorCases.All[name].Feed;
        var bars = BarSamples.Walk(9, 90);
        var first = create();
        first.Run(bars.Take(33));
        var used = create();
        used.Run(BarSamples.Walk(10, 77));

        Assert.Equal(first.Save(), used.Load(first.Save()).Save());
        Assert.Equal(first.Run(bars.Skip(33)), used.Run(bars.Skip(33)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses_a_torn_state(string name)
    {
        var feed = IndicatorCases.All[name].Feed();
        feed.Run(BarSamples.Walk(11, 40));
        var saved = feed.Save();
        for (var length = 0; length < saved.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => feed.Load(saved[..length]));
        }
    }

    [Fact]
    public void Every_indicator_can_be_saved()
    {
        var indicators = typeof(BarInput)
            .Assembly.GetExportedTypes()
            .Where(static type => type.Namespace == typeof(BarInput).Namespace && type.GetMethods().Any(static m => m.Name == "Update"))
            .ToList();
        Assert.True(indicators.Count > 25);
        Assert.All(indicators, static type =>
            Assert.True(type.GetMethod("Save") is not null && type.GetMethod("Load") is not null, type.Name)
        );
    }

    private static void Cycle(Feed feed, BarInput[] bars)
    {
        foreach (var bar in bars)
        {
            feed.Update(bar);
            _ = feed.IsReady;
            for (var output = 0; output < feed.Outputs; output++)
            {
                _ = feed.Read(output);
            }
        }
    }
}
