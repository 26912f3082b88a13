using System.Runtime.CompilerServices;
using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;

namespace AITrader.Domain.Tests.Normalization;

public sealed class NormalizerTests
{
    private const long Start = 1_723_161_255_000_000;

    [Fact]
    public void A_tick_is_64_bytes_with_its_flags() => Assert.Equal(64, Unsafe.SizeOf<PackedTick>());

    [Fact]
    public void Trades_pass_once_and_in_order_and_wait_for_what_is_missing()
    {
        var normalizer = With(new InstrumentRules { Trades = SequenceRule.Contiguous });
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Trade(100, 10), out _));
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Trade(101, 11), out _));
        Assert.Equal(TickVerdict.Duplicate, Offer(normalizer, Trade(101, 11), out _));
        Assert.Equal(TickVerdict.Duplicate, Offer(normalizer, Trade(99, 9), out _));
        Assert.Equal(TickVerdict.Gap, Offer(normalizer, Trade(104, 14), out _));
        Assert.Equal(101, normalizer.LastTrade(0));

        Assert.Equal((TickVerdict.Passed, TickFlags.Filled), Flags(normalizer, Trade(102, 12) with { IsFill = true }));
        Assert.Equal((TickVerdict.Passed, TickFlags.Filled), Flags(normalizer, Trade(103, 13) with { IsFill = true }));
        Assert.Equal((TickVerdict.Passed, TickFlags.None), Flags(normalizer, Trade(104, 14)));
        Assert.Equal(0, normalizer.Counts.Missing);

        Assert.Equal((TickVerdict.Passed, TickFlags.AfterGap), Flags(normalizer, Trade(110, 14) with { IsGapFinal = true }));
        Assert.Equal(
            (5L, 2L, 1L, 2L, 1L),
            (
                normalizer.Counts.Missing,
                normalizer.Counts[TickVerdict.Duplicate],
                normalizer.Counts[TickVerdict.Gap],
                normalizer.Counts[TickFlags.Filled],
                normalizer.Counts[TickFlags.AfterGap]
            )
        );
    }

    [Fact]
    public void Quotes_may_skip_numbers_but_never_go_back()
    {
        var normalizer = With(new InstrumentRules { Quotes = SequenceRule.Increasing });
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Quote(10, 100, 101), out _));
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Quote(17, 100, 101), out _));
        Assert.Equal(TickVerdict.Duplicate, Offer(normalizer, Quote(17, 100, 101), out _));
        Assert.Equal(TickVerdict.OutOfOrder, Offer(normalizer, Quote(16, 99, 101), out _));
        Assert.Equal(17, normalizer.LastQuote(0));
    }

    [Fact]
    public void Without_numbers_an_unchanged_top_is_a_duplicate_and_an_equal_trade_is_not()
    {
        var normalizer = With(new InstrumentRules());
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Quote(0, 100, 101), out _));
        Assert.Equal(TickVerdict.Duplicate, Offer(normalizer, Quote(0, 100, 101), out _));
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Quote(0, 100, 102), out _));
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Trade(0, 100), out _));
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Trade(0, 100), out _));
    }

    [Fact]
    public void What_has_no_price_is_refused_with_its_reason_and_its_number_counts_as_seen()
    {
        var normalizer = With(new InstrumentRules { Trades = SequenceRule.Contiguous });
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Trade(1, 10), out _));
        Assert.Equal(TickVerdict.Unpriced, Offer(normalizer, Trade(2, 0), out var nothing));
        Assert.Equal(default, nothing);
        Assert.Equal(TickVerdict.Passed, Offer(normalizer, Trade(3, 10), out _));
        Assert.Equal(TickVerdict.Unpriced, Offer(normalizer, Quote(0, 0, 0), out _));
        Assert.Equal(TickVerdict.OneSided, Offer(normalizer, Quote(0, 100, 0), out _));
        Assert.Equal(TickVerdict.OneSided, Offer(normalizer, Quote(0, 0, 100), out _));
    }

    [Fact]
    public void Locked_quotes_pass_flagged_and_crossed_ones_only_where_that_is_wanted()
    {
        var strict = With(new InstrumentRules());
        Assert.Equal((TickVerdict.Passed, TickFlags.Locked), Flags(strict, Quote(0, 100, 100)));
        Assert.Equal(TickVerdict.Crossed, Offer(strict, Quote(0, 101, 100), out _));
        var trade = Trade(0, 100);
        Assert.Equal(
            TickVerdict.Passed,
            Offer(
                strict,
                trade with
                {
                    Tick = trade.Tick with { Bid = Units(101), BidSize = Quantity.FromRaw(1), Ask = Units(100) },
                },
                out var tick
            )
        );
        Assert.Equal((TickFlags.Crossed, default, default, default), (tick.Flags, tick.Bid, tick.BidSize, tick.Ask));

        var open = With(new InstrumentRules { PassesCrossed = true });
        Assert.Equal(TickVerdict.Passed, Offer(open, Quote(0, 101, 100), out tick));
        Assert.Equal((TickFlags.Crossed, Units(101)), (tick.Flags, tick.Bid));
    }

    [Fact]
    public void Prices_outside_the_band_or_off_the_tick_pass_flagged()
    {
        var normalizer = With(
            new InstrumentRules
            {
                TickSize = Price.FromNanos(50_000_000),
                LowerBand = Units(90),
                UpperBand = Units(110),
            }
        );
        Assert.Equal((TickVerdict.Passed, TickFlags.None), Flags(normalizer, Trade(0, 110)));
        Assert.Equal((TickVerdict.Passed, TickFlags.OutsideBand), Flags(normalizer, Trade(0, 111)));
        Assert.Equal((TickVerdict.Passed, TickFlags.OutsideBand), Flags(normalizer, Quote(0, 89, 100)));
        var off = Trade(0, 100);
        Assert.Equal(
            (TickVerdict.Passed, TickFlags.OffTick),
            Flags(normalizer, off with { Tick = off.Tick with { Price = Price.FromNanos(100_010_000_000) } })
        );

        // The mid of a quote may lie between two ticks.
        var narrow = Quote(0, 100, 101);
        Assert.Equal(
            (TickVerdict.Passed, TickFlags.None),
            Flags(normalizer, narrow with { Tick = narrow.Tick with { Price = Price.FromNanos(100_525_000_000) } })
        );
    }

    [Fact]
    public void Event_time_is_the_receive_time_and_never_goes_back_over_all_instruments()
    {
        var normalizer = With(new InstrumentRules(), new InstrumentRules());
        Assert.Equal(Start + 10, TimeOf(normalizer, Trade(0, 1) with { ReceivedMicros = Start + 10, SourceMicros = Start - 500 }));
        Assert.Equal(Start + 10, TimeOf(normalizer, Trade(0, 1, symbol: 1) with { ReceivedMicros = Start + 4 }));
        Assert.Equal(Start + 11, TimeOf(normalizer, Trade(0, 1) with { ReceivedMicros = Start + 11 }));
        Assert.Equal(1, normalizer.Counts.Lifted);
    }

    [Fact]
    public void Event_time_may_be_the_sources_but_not_one_from_the_future()
    {
        var normalizer = new Normalizer(usesSourceTime: true, maxAheadMicros: 1_000);
        normalizer.Define(0, new InstrumentRules());
        Assert.Equal(Start - 500, TimeOf(normalizer, Trade(0, 1) with { ReceivedMicros = Start, SourceMicros = Start - 500 }));
        Assert.Equal(Start + 900, TimeOf(normalizer, Trade(0, 1) with { ReceivedMicros = Start, SourceMicros = Start + 900 }));
        Assert.Equal(Start + 2_000, TimeOf(normalizer, Trade(0, 1) with { ReceivedMicros = Start + 2_000, SourceMicros = Start + 3_100 }));
    }

    [Fact]
    public void A_source_time_that_goes_back_is_flagged_by_kind_and_a_state_that_goes_back_is_dropped()
    {
        var normalizer = With(new InstrumentRules());
        Assert.Equal(TickFlags.None, Flags(normalizer, Trade(0, 1) with { SourceMicros = 1_000 }).Flags);
        Assert.Equal(TickFlags.OutOfOrder, Flags(normalizer, Trade(0, 1) with { SourceMicros = 999 }).Flags);
        Assert.Equal(TickFlags.OutOfOrder, Flags(normalizer, Trade(0, 1) with { SourceMicros = 999 }).Flags);
        Assert.Equal(TickFlags.None, Flags(normalizer, Quote(0, 1, 2) with { SourceMicros = 500 }).Flags);
        Assert.Equal(TickFlags.None, Flags(normalizer, Trade(0, 1) with { SourceMicros = 1_000 }).Flags);

        Assert.Equal(TickVerdict.Passed, normalizer.Observe(0, 5_000_000, Start));
        Assert.Equal(TickVerdict.Passed, normalizer.Observe(0, 5_000_000, Start));
        Assert.Equal(TickVerdict.OutOfOrder, normalizer.Observe(0, 4_000_000, Start));
        Assert.Equal(TickVerdict.Passed, normalizer.Observe(0, 0, Start));
        Assert.Equal(1, normalizer.Counts[TickVerdict.OutOfOrder]);
    }

    [Fact]
    public void The_first_tick_after_a_silence_says_so()
    {
        var normalizer = With(new InstrumentRules { SilenceMicros = 1_000 }, new InstrumentRules { SilenceMicros = 1_000 });
        Assert.Equal(TickFlags.None, At(Start));
        Assert.Equal(TickFlags.None, At(Start + 1_000));
        Assert.Equal(TickFlags.AfterSilence, At(Start + 2_001));
        Assert.Equal(TickFlags.None, At(Start + 2_002));
        Assert.Equal(TickFlags.None, Flags(normalizer, Trade(0, 1, symbol: 1) with { ReceivedMicros = Start + 9_000 }).Flags);

        normalizer.Observe(0, 0, Start + 5_000);
        Assert.Equal(TickFlags.AfterSilence, At(Start + 5_001));
        normalizer.Observe(0, 0, Start + 6_000);
        Assert.Equal(TickFlags.None, At(Start + 6_900));

        TickFlags At(long micros) => Flags(normalizer, Trade(0, 1) with { ReceivedMicros = micros }).Flags;
    }

    [Fact]
    public void Events_in_any_order_and_with_any_repeats_come_out_once_and_in_order()
    {
        var random = new Random(20240808);
        for (var round = 0; round < 200; round++)
        {
            var normalizer = With(new InstrumentRules { Trades = SequenceRule.Contiguous });
            var passed = new List<long>();
            for (var i = 0; i < 400; i++)
            {
                var id = Math.Max(1, (i / 2) + random.Next(-6, 7));
                var time = Start + random.Next(-1_000, 1_000) + i;
                var trade = Trade(id, 5) with { ReceivedMicros = time };
                if (Offer(normalizer, trade, out var tick) == TickVerdict.Gap)
                {
                    // What a feed does: fetch what is missing, then offer it again.
                    for (var missed = normalizer.LastTrade(0) + 1; missed < id; missed++)
                    {
                        Assert.Equal(
                            TickVerdict.Passed,
                            Offer(normalizer, Trade(missed, 5) with { IsFill = true, ReceivedMicros = time }, out _)
                        );
                        passed.Add(missed);
                    }

                    Assert.Equal(TickVerdict.Passed, Offer(normalizer, trade, out tick));
                }

                if (tick.TimeMicros > 0)
                {
                    passed.Add(id);
                }
            }

            Assert.Equal(Enumerable.Range(0, passed.Count).Select(i => passed[0] + i), passed);
        }
    }

    [Fact]
    public void Judging_allocates_nothing()
    {
        var normalizer = With(
            new InstrumentRules
            {
                Trades = SequenceRule.Contiguous,
                TickSize = Price.FromNanos(1),
                SilenceMicros = 5,
                UpperBand = Units(2),
            }
        );
        var next = 1L;
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    normalizer.Normalize(Trade(next += i % 3, 1), out _);
                    normalizer.Normalize(Quote(0, 1, 1 + (i % 4)), out _);
                }
            })
        );
    }

    private static Normalizer With(params InstrumentRules[] rules)
    {
        var normalizer = new Normalizer();
        for (var symbol = 0; symbol < rules.Length; symbol++)
        {
            normalizer.Define(symbol, rules[symbol]);
        }

        return normalizer;
    }

    private static TickVerdict Offer(Normalizer normalizer, SourceTick source, out PackedTick tick) =>
        normalizer.Normalize(source, out tick);

    private static (TickVerdict Verdict, TickFlags Flags) Flags(Normalizer normalizer, SourceTick source) =>
        (normalizer.Normalize(source, out var tick), tick.Flags);

    private static long TimeOf(Normalizer normalizer, SourceTick source)
    {
        Assert.Equal(TickVerdict.Passed, normalizer.Normalize(source, out var tick));
        return tick.TimeMicros;
    }

    private static Price Units(long units) => Price.FromNanos(units * Price.Scale);

    private static SourceTick Trade(long sequence, long price, int symbol = 0) =>
        new()
        {
            Tick = new PackedTick
            {
                TimeMicros = 0,
                Symbol = symbol,
                Kind = TickKind.Trade,
                Price = Units(price),
            },
            ReceivedMicros = Start,
            Sequence = sequence,
        };

    private static SourceTick Quote(long sequence, long bid, long ask) =>
        new()
        {
            Tick = new PackedTick
            {
                TimeMicros = 0,
                Symbol = 0,
                Kind = TickKind.Quote,
                Price = Price.Mid(Units(bid), Units(ask)),
                Bid = Units(bid),
                Ask = Units(ask),
            },
            ReceivedMicros = Start,
            Sequence = sequence,
        };
}
