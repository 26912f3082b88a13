using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;

namespace AITrader.Domain.Tests.Normalization;

/// <summary>What only grows is doubted: times from the future are refused, numbers that begin again are taken up, and a repeat is still a
/// repeat.</summary>
public sealed class RestartTests
{
    private const long Start = 1_767_325_500_000_000; // 2026-01-02 03:45
    private const long Second = 1_000_000;

    private readonly Normalizer _normalizer = new();

    public RestartTests() =>
        _normalizer.Define(0, new InstrumentRules { Trades = SequenceRule.Contiguous, Quotes = SequenceRule.Increasing });

    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(16L * 365 * 86_400, 1)] // 2042
    public void A_state_from_the_future_makes_no_later_one_old(long secondsAhead, long refused)
    {
        Assert.Equal(TickVerdict.Passed, _normalizer.Observe(0, Start, Start));
        Assert.Equal(TickVerdict.Passed, _normalizer.Observe(0, Start + (secondsAhead * Second), Start));
        Assert.Equal(refused, _normalizer.Counts.Implausible);
        Assert.Equal(refused == 1 ? TickVerdict.Passed : TickVerdict.OutOfOrder, _normalizer.Observe(0, Start + Second, Start + Second));
        Assert.Equal(TickVerdict.Passed, _normalizer.Observe(0, Start + (6 * Second), Start + (6 * Second)));
        Assert.Equal(TickVerdict.OutOfOrder, _normalizer.Observe(0, Start, Start + (6 * Second))); // an old one is still old
    }

    [Fact]
    public void A_state_without_a_time_does_not_make_old_ones_new()
    {
        Assert.Equal(TickVerdict.Passed, _normalizer.Observe(0, Start, Start));
        Assert.Equal(TickVerdict.Passed, _normalizer.Observe(0, 0, Start));
        Assert.Equal(TickVerdict.OutOfOrder, _normalizer.Observe(0, Start - Second, Start));
        _normalizer.StartConnection(0);
        Assert.Equal(TickVerdict.Passed, _normalizer.Observe(0, Start - Second, Start)); // a new line is believed anew
    }

    [Fact]
    public void A_trade_from_the_future_flags_no_later_one()
    {
        Assert.Equal(TickFlags.None, Pass(Trade(1, Start)));
        Assert.Equal(TickFlags.None, Pass(Trade(2, Start + (1_000_000 * Second))));
        Assert.Equal(TickFlags.None, Pass(Trade(3, Start + Second)));
        Assert.Equal(TickFlags.OutOfOrder, Pass(Trade(4, Start)));
        Assert.Equal(1, _normalizer.Counts.Implausible);
    }

    [Fact]
    public void Trades_that_begin_again_with_newer_times_are_taken_up_fetched_and_flagged()
    {
        Pass(Trade(5_000, Start));
        for (var id = 11; id < 15; id++)
        {
            Assert.Equal(TickVerdict.Duplicate, Judge(Trade(id, Start + id)));
            Assert.Equal(TickVerdict.Duplicate, Judge(Trade(id, Start + id))); // a repeat of it counts for nothing
        }

        Assert.Equal(TickVerdict.Gap, Judge(Trade(15, Start + 15))); // now it is certain, and what was taken for repeats is missing
        Assert.Equal((10, 1L), (_normalizer.LastTrade(0), _normalizer.Counts.Restarts));
        Assert.Equal(TickFlags.Filled | TickFlags.AfterGap, Pass(Trade(11, Start + 11) with { IsFill = true }));
        for (var id = 12; id < 15; id++)
        {
            Assert.Equal(TickFlags.Filled, Pass(Trade(id, Start + id) with { IsFill = true }));
        }

        Assert.Equal(TickFlags.None, Pass(Trade(15, Start + 15)));
        Assert.Equal(0, _normalizer.Counts.Missing);
    }

    [Fact]
    public void Trades_that_begin_again_at_one_and_cannot_be_fetched_are_counted()
    {
        Pass(Trade(5_000, Start));
        for (var id = 1; id < 5; id++)
        {
            Judge(Trade(id, Start + id));
        }

        Assert.Equal(TickVerdict.Gap, Judge(Trade(5, Start + 5)));
        Assert.Equal(TickFlags.AfterGap, Pass(Trade(5, Start + 5) with { IsGapFinal = true }));
        Assert.Equal(4, _normalizer.Counts.Missing);
    }

    [Theory]
    [InlineData(0)] // of the same moment, as the trades of one order are
    [InlineData(-1)]
    public void Repeats_are_no_new_beginning_however_many_come(long micros)
    {
        for (var id = 1; id <= 100; id++)
        {
            Pass(Trade(id, Start));
        }

        _normalizer.StartConnection(0);
        for (var id = 1; id <= 100; id++)
        {
            Assert.Equal(TickVerdict.Duplicate, Judge(Trade(id, Start + micros)));
        }

        Assert.Equal((100, 0L), (_normalizer.LastTrade(0), _normalizer.Counts.Restarts));
    }

    [Fact]
    public void A_single_low_number_and_a_broken_run_prove_nothing()
    {
        Pass(Trade(5_000, Start));
        foreach (var id in (int[])[11, 12, 13, 14, 20, 21, 22, 23, 30, 11, 12, 13, 14])
        {
            Assert.Equal(TickVerdict.Duplicate, Judge(Trade(id, Start + Second)));
        }

        Assert.Equal(TickFlags.None, Pass(Trade(5_001, Start + Second)));
        Assert.Equal(TickVerdict.Duplicate, Judge(Trade(15, Start + (2 * Second)))); // the run ended with the one above
        Assert.Equal(0, _normalizer.Counts.Restarts);
    }

    [Fact]
    public void One_number_that_is_far_too_high_does_not_end_the_trades()
    {
        Pass(Trade(100, Start));
        Assert.Equal(TickVerdict.Gap, Judge(Trade(9_000_000_000_000, Start)));
        Pass(Trade(9_000_000_000_000, Start) with { IsGapFinal = true });
        for (var id = 101; id < 105; id++)
        {
            Judge(Trade(id, Start + id));
        }

        Assert.Equal(TickVerdict.Gap, Judge(Trade(105, Start + 105)));
        Assert.Equal(100, _normalizer.LastTrade(0));
    }

    [Fact]
    public void Times_that_are_refused_prove_no_new_beginning()
    {
        Pass(Trade(5_000, Start));
        for (var id = 11; id < 60; id++)
        {
            Assert.Equal(TickVerdict.Duplicate, Judge(Trade(id, Start + (3_600 * Second))));
        }

        Assert.Equal(0, _normalizer.Counts.Restarts);
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 16)]
    public void Quotes_that_begin_again_are_taken_up_after_a_run_of_them(bool hasTimes, int run)
    {
        Pass(Quote(900_000, hasTimes ? Start : 0));
        for (var n = 1; n < run; n++)
        {
            Assert.Equal(TickVerdict.OutOfOrder, Judge(Quote(n * 3, hasTimes ? Start + n : 0)));
        }

        Assert.Equal(TickFlags.AfterGap, Pass(Quote(run * 3, hasTimes ? Start + run : 0)));
        Assert.Equal(TickFlags.None, Pass(Quote((run * 3) + 1, hasTimes ? Start + run + 1 : 0)));
        Assert.Equal(1, _normalizer.Counts.Restarts);
    }

    [Fact]
    public void The_first_quote_of_a_new_line_may_be_lower_and_says_so()
    {
        Pass(Quote(900_000, 0));
        _normalizer.StartConnection(0);
        Assert.Equal(TickFlags.AfterGap, Pass(Quote(7, 0)));
        Assert.Equal(TickVerdict.OutOfOrder, Judge(Quote(6, 0)));
        _normalizer.StartConnection(0);
        Assert.Equal(TickVerdict.Duplicate, Judge(Quote(7, 0)));
        Assert.Equal(TickVerdict.OutOfOrder, Judge(Quote(6, 0))); // only the first one
    }

    [Fact]
    public void Trades_that_somebody_knows_to_have_begun_again_go_on_from_there()
    {
        _normalizer.Resume(0, 5_000, Start);
        Assert.Equal((5_000, Start), (_normalizer.LastTrade(0), _normalizer.LastTradeMicros(0)));
        _normalizer.RestartTrades(0, 40);
        Assert.Equal(40, _normalizer.LastTrade(0));
        Assert.Equal(TickFlags.AfterGap, Pass(Trade(41, Start + Second)));
    }

    private TickVerdict Judge(SourceTick source) => _normalizer.Normalize(source, out _);

    private TickFlags Pass(SourceTick source)
    {
        Assert.Equal(TickVerdict.Passed, _normalizer.Normalize(source, out var tick));
        return tick.Flags;
    }

    private static SourceTick Trade(long id, long micros) =>
        new()
        {
            Tick = new PackedTick
            {
                TimeMicros = 0,
                Symbol = 0,
                Kind = TickKind.Trade,
                Price = Price.FromNanos(Price.Scale),
            },
            ReceivedMicros = Start + (10 * Second),
            SourceMicros = micros,
            Sequence = id,
        };

    private static SourceTick Quote(long id, long micros) =>
        new()
        {
            Tick = new PackedTick
            {
                TimeMicros = 0,
                Symbol = 0,
                Kind = TickKind.Quote,
                Price = Price.FromNanos(Price.Scale),
                Bid = Price.FromNanos(Price.Scale),
                Ask = Price.FromNanos(2 * Price.Scale),
            },
            ReceivedMicros = Start + (10 * Second),
            SourceMicros = micros,
            Sequence = id,
        };
}
