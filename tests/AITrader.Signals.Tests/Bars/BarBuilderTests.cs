using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Domain.Sessions;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Tests.Bars;

public sealed class BarBuilderTests
{
    private const long Day = EventTime.MicrosPerDay * 20_000;

    public static TheoryData<string> Builders => ["time", "tick", "volume", "dollar", "range", "quotes"];

    [Theory]
    [InlineData(1_000)]
    [InlineData(60_000)]
    [InlineData(7_777)] // does not divide the day: its last bar is cut at midnight
    public void Time_bars_equal_grouping(int millis)
    {
        var ticks = Samples.Walk(7, 20_000);
        var bars = NaiveBars.Build(new TimeBarBuilder(BarKind.Trade, TimeSpan.FromMilliseconds(millis)), ticks);
        var expected = NaiveBars.TimeTrades(ticks, millis * 1_000L);
        expected[^1] = expected[^1].Replace("True", "False"); // flushed at the end of the data

        Assert.Equal(expected, NaiveBars.Rows(bars));
        Assert.Contains(bars, static bar => bar.EndMicros == Day);
    }

    [Theory]
    [InlineData("tick")]
    [InlineData("volume")]
    [InlineData("dollar")]
    [InlineData("range")]
    public void Event_bars_equal_their_rule_applied_to_lists(string name)
    {
        var ticks = Samples.Walk(8, 20_000);
        var expected = NaiveBars.EventTrades(
            ticks,
            name switch
            {
                "tick" => static open => open.Count == 13,
                "volume" => static open => open.Sum(static tick => tick.Size.ToDecimal()) >= 40m,
                "dollar" => static open => open.Sum(static tick => tick.Size.ToDecimal() * tick.Price.ToDecimal()) >= 50_000.25m,
                _ => static open =>
                    open.Max(static tick => tick.Price.ToDecimal()) - open.Min(static tick => tick.Price.ToDecimal()) >= 0.07m,
            }
        );

        Assert.Equal(expected, NaiveBars.Rows(NaiveBars.Build(Make(name), ticks)));
        Assert.Equal(2, expected.Count(static row => row.EndsWith("False", StringComparison.Ordinal))); // midnight and the end
    }

    [Fact]
    public void Quote_bars_have_bid_and_ask_of_every_tick_that_carries_both()
    {
        var builder = new TimeBarBuilder(BarKind.Quote, TimeSpan.FromSeconds(1));
        PackedTick[] ticks =
        [
            Quote(0, 100, 102, 5, 6),
            Quote(10, 99, 104, 7, 8),
            Trade(20, 50, 1), // no quote
            Trade(30, 101, 1) with
            {
                Bid = Units(101),
                Ask = Units(103),
                BidSize = Lots(1),
                AskSize = Lots(2),
            },
            Quote(40, 98, 0, 1, 1), // one side is not known
        ];

        var bar = Assert.Single(NaiveBars.Build(builder, ticks));

        Assert.Equal(new Ohlc(Units(100), Units(101), Units(99), Units(101)), bar.Bid);
        Assert.Equal(new Ohlc(Units(102), Units(104), Units(102), Units(103)), bar.Ask);
        Assert.Equal((Lots(1), Lots(2), 3L, default(Ohlc), default(Volume)), (bar.BidSize, bar.AskSize, bar.Ticks, bar.Trade, bar.Volume));
        var values = BarInput.Of(bar);
        Assert.Equal((101.0, 102.5, 100.5, 102.0), (values.Open, values.High, values.Low, values.Close));
    }

    [Fact]
    public void A_session_end_closes_the_old_bar_and_the_same_tick_may_complete_a_new_one()
    {
        var builder = new VolumeBarBuilder(Lots(10));

        Assert.False(builder.Update(Trade(-1, 100, 4), out _));
        Assert.True(builder.Update(Trade(0, 101, 12), out var partial));
        Assert.True(builder.TryNext(out var full));
        Assert.False(builder.TryNext(out _));

        Assert.Equal(((Volume)Lots(4), false, Day - 1), (partial.Volume, partial.IsComplete, partial.EndMicros));
        Assert.Equal(((Volume)Lots(12), true, Day), (full.Volume, full.IsComplete, full.StartMicros)); // not split: above its rule
        Assert.False(builder.IsOpen);
    }

    [Fact]
    public void The_volume_of_a_cheap_coin_is_exact_in_every_bar_and_survives_a_restart()
    {
        // 400 trades of 80 billion coins at 0.00000123: 3.2e13 coins, 39 million in quote currency.
        var size = Quantity.FromRaw(8_000_000_000_000_000_001);
        var ticks = Enumerable
            .Range(0, 400)
            .Select(i => Trade(i * 1_000_000L, 1, 1) with { Price = Price.FromNanos(1_230), Size = size })
            .ToArray();
        var expected = size.ToDecimal() * 400;
        Assert.Equal(32_000_000_000_000.000004m, expected);

        Assert.Equal(
            expected,
            Assert.Single(Restarted(static () => new TimeBarBuilder(BarKind.Trade, TimeBarBuilder.WholeSession), ticks)).Volume.ToDecimal()
        );
        Assert.Equal(expected, Assert.Single(Restarted(static () => new TickBarBuilder(BarKind.Trade, 400), ticks)).Volume.ToDecimal());
        Assert.Equal(
            expected,
            Assert.Single(Restarted(() => new VolumeBarBuilder(Volume.FromRaw(size.Raw * (Int128)400)), ticks)).Volume.ToDecimal()
        );
        Assert.Equal(
            expected,
            Assert.Single(Restarted(() => new DollarBarBuilder(decimal.Truncate(expected * 0.00000123m)), ticks)).Volume.ToDecimal()
        );
        Assert.Equal(2, Restarted(() => new VolumeBarBuilder(Volume.FromRaw((size.Raw * (Int128)200) + 1)), ticks).Count);

        var minutes = NaiveBars.Build(new TimeBarBuilder(BarKind.Trade, TimeSpan.FromMinutes(1)), ticks);
        var first = new BarAggregator(TimeBarBuilder.WholeSession);
        Assert.All(minutes.Take(5), bar => Assert.False(first.Update(bar, out _)));
        var state = new StateWriter();
        first.Save(state);
        var second = new BarAggregator(TimeBarBuilder.WholeSession);
        var reader = new StateReader(state.Written.Span);
        second.Load(ref reader);
        Assert.True(reader.AtEnd);
        Assert.Equal(expected, Assert.Single(NaiveBars.Aggregate(second, minutes.Skip(5))).Volume.ToDecimal());
    }

    [Fact]
    public void Values_above_what_a_price_holds_make_dollar_bars()
    {
        var builder = new DollarBarBuilder(25_000_000_000.5m);
        var ticks = Enumerable.Range(0, 4).Select(static i => Trade(i, 100_000, 125_000)); // 12.5e9 each

        var bars = NaiveBars.Build(builder, ticks);

        Assert.Equal([3L, 1L], bars.Select(static bar => bar.Ticks));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DollarBarBuilder(1.0000000001m));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DollarBarBuilder(1_000_000_000_000_000_001m));
    }

    [Fact]
    public void Passing_time_closes_a_bar_without_a_tick()
    {
        var builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromMinutes(1));
        builder.Update(Trade(5, 100, 1), out _);

        Assert.False(builder.AdvanceTo(Day + 59_999_999, out _));
        Assert.True(builder.AdvanceTo(Day + 60_000_000, out var bar));
        Assert.Equal((Day, Day + 60_000_000, true), (bar.StartMicros, bar.EndMicros, bar.IsComplete));
        Assert.False(builder.AdvanceTo(Day + (3 * EventTime.MicrosPerDay), out _));
    }

    [Fact]
    public void A_tick_of_a_closed_interval_is_left_out_and_counted()
    {
        var builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(1));
        builder.Update(Trade(2_000_000, 100, 1), out _);

        Assert.False(builder.Update(Trade(1_999_999, 500, 1), out _));
        Assert.True(builder.Flush(out var bar));
        Assert.Equal((1L, 1L, Units(100)), (builder.Late, bar.Ticks, bar.Trade.High));
    }

    [Theory]
    [MemberData(nameof(Builders))]
    public void A_restored_builder_goes_on_with_the_same_bars(string name)
    {
        var ticks = Samples.Walk(9, 6_000);
        var whole = NaiveBars.Rows(NaiveBars.Build(Make(name), ticks));
        foreach (var cut in (int[])[1, 777, 3_000, 5_999])
        {
            var first = Make(name);
            var bars = new List<Bar>();
            foreach (var tick in ticks.Take(cut))
            {
                if (first.Update(tick, out var bar))
                {
                    bars.Add(bar);
                    if (first.TryNext(out bar))
                    {
                        bars.Add(bar);
                    }
                }
            }

            var state = new StateWriter();
            first.Save(state);
            var second = Make(name);
            var reader = new StateReader(state.Written.Span);
            second.Load(ref reader);
            Assert.True(reader.AtEnd);
            Assert.Equal(whole, NaiveBars.Rows(bars.Concat(NaiveBars.Build(second, ticks.Skip(cut)))));
        }
    }

    [Fact]
    public void A_state_of_other_settings_is_refused()
    {
        var state = new StateWriter();
        new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(1)).Save(state);

        var failure = Assert.Throws<InvalidDataException>(() => Load(new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(2)), state));
        Assert.Equal("The state is of 'time Trade 1000000 us' bars, these are 'time Trade 2000000 us'.", failure.Message);
        Assert.Throws<InvalidDataException>(() => Load(Make("volume"), state));
    }

    [Theory]
    [MemberData(nameof(Builders))]
    public void Allocates_nothing_after_construction(string name)
    {
        var ticks = Samples.Walk(10, 5_000).ToArray();
        var builder = Make(name);
        Assert.Equal(
            0,
            AITrader.TestSupport.Allocations.Of(() =>
            {
                for (var i = 0; i < ticks.Length; i++)
                {
                    if (builder.Update(ticks[i], out _))
                    {
                        builder.TryNext(out _);
                    }
                }
            })
        );
    }

    [Fact]
    public void Days_of_a_time_zone_follow_its_clock_changes()
    {
        var calendar = SessionCalendar.DaysIn(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        var builder = new TimeBarBuilder(BarKind.Trade, TimeBarBuilder.WholeSession, calendar);
        var march10 = EventTime.ToMicros(new DateTimeOffset(2024, 3, 10, 5, 0, 0, TimeSpan.Zero)); // midnight, the day that has 23 hours
        builder.Update(Trade(march10 - Day, 100, 1), out _);

        Assert.True(builder.Update(Trade(march10 - Day + (24 * 3_600 * EventTime.MicrosPerSecond), 100, 1), out var bar));
        Assert.Equal((march10, march10 + (23 * 3_600 * EventTime.MicrosPerSecond)), (bar.StartMicros, bar.EndMicros));
    }

    internal static BarBuilder Make(string name) =>
        name switch
        {
            "time" => new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(5)),
            "tick" => new TickBarBuilder(BarKind.Trade, 13),
            "volume" => new VolumeBarBuilder(Lots(40)),
            "dollar" => new DollarBarBuilder(50_000.25m),
            "range" => new RangeBarBuilder(BarKind.Trade, Price.FromNanos(70_000_000)),
            _ => new TimeBarBuilder(BarKind.Quote, TimeSpan.FromSeconds(5)),
        };

    private static List<Bar> Restarted(Func<BarBuilder> make, PackedTick[] ticks)
    {
        var bars = new List<Bar>();
        var builder = make();
        foreach (var tick in ticks)
        {
            var state = new StateWriter();
            builder.Save(state);
            builder = make();
            Load(builder, state);
            if (builder.Update(tick, out var bar))
            {
                bars.Add(bar);
            }
        }

        if (builder.Flush(out var last))
        {
            bars.Add(last);
        }

        return bars;
    }

    private static void Load(BarBuilder builder, StateWriter state)
    {
        var reader = new StateReader(state.Written.Span);
        builder.Load(ref reader);
    }

    private static Price Units(long units) => Price.FromNanos(units * Price.Scale);

    private static Quantity Lots(long units) => Quantity.FromRaw(units * Quantity.Scale);

    private static PackedTick Trade(long afterDay, long price, long size) =>
        new()
        {
            TimeMicros = Day + afterDay,
            Symbol = 3,
            Kind = TickKind.Trade,
            Price = Units(price),
            Size = Lots(size),
        };

    private static PackedTick Quote(long afterDay, long bid, long ask, long bidSize, long askSize) =>
        new()
        {
            TimeMicros = Day + afterDay,
            Symbol = 3,
            Kind = TickKind.Quote,
            Price = Units((bid + ask) / 2),
            Bid = Units(bid),
            Ask = Units(ask),
            BidSize = Lots(bidSize),
            AskSize = Lots(askSize),
        };
}
