using AITrader.Backtesting.Runs;
using AITrader.Domain.Orders;
using AITrader.Domain.Sessions;
using AITrader.Domain.Time;
using static AITrader.Backtesting.Tests.Exits.ExitStrategy;

namespace AITrader.Backtesting.Tests.Exits;

/// <summary>Exits by bars, by event time and before the end of a session. An entry at tick 2 is executed at tick 3.</summary>
public sealed class TimeExitTests
{
    private static readonly decimal[] Rising = [.. Enumerable.Range(0, 60).Select(static i => 100m + (i * 0.1m))];

    [Fact]
    public void After_so_many_bars()
    {
        // Two bars of ten seconds are over at second 20, that of tick 21; the order is executed at tick 22, at a bid of 102.1 - 0.1.
        var result = Run(Seconds(Rising), static one => one.Rules.AfterBars(one.Feed, 2), BuyAt(2));
        Assert.Equal([(Side.Buy, 100.3m, 3, "entry"), (Side.Sell, 102.0m, 22, "time")], Fills(result));
        Assert.Equal(20, result.Orders[1].Request.EventTime.Second);
    }

    [Fact]
    public void After_so_much_event_time()
    {
        // Executed at second 2: due at 17.5 between two ticks, executed at second 18.
        var result = Run(Seconds(Rising), static one => one.Rules.After(one.Symbol, TimeSpan.FromSeconds(15.5)), BuyAt(2));
        Assert.Equal([(Side.Buy, 100.3m, 3, "entry"), (Side.Sell, 101.7m, 19, "time")], Fills(result));
        Assert.Equal(17.5, (result.Orders[1].Request.EventTime - result.From).TotalSeconds);
    }

    [Fact]
    public void Each_position_has_its_own_time()
    {
        // The first is closed by hand; what is opened again at second 12 is closed at second 27, not at 17.
        var result = Run(
            Seconds(Rising),
            static one => one.Rules.After(one.Symbol, TimeSpan.FromSeconds(15)),
            static (one, tick) =>
            {
                _ = tick.Seq switch
                {
                    2 or 12 => one.Trading.Buy(one.Symbol, 1m, "entry"),
                    6 => one.Trading.Close(one.Symbol, "by hand"),
                    _ => null,
                };
            }
        );
        Assert.Equal(
            [(3, "entry"), (7, "by hand"), (13, "entry"), (29, "time")],
            Fills(result).Select(static fill => ((int)fill.Item3, fill.Item4))
        );
    }

    [Fact]
    public void A_flip_begins_a_new_time()
    {
        // Bought at second 2, turned at second 8: closed after second 23, not after 17.
        var result = Run(
            Seconds(Rising),
            static one => one.Rules.After(one.Symbol, TimeSpan.FromSeconds(15)),
            static (one, tick) =>
            {
                _ = tick.Seq switch
                {
                    2 => one.Trading.Buy(one.Symbol, 1m, "entry"),
                    8 => one.Trading.Sell(one.Symbol, 2m, "flip"),
                    _ => null,
                };
            }
        );
        Assert.Equal([(3, "entry"), (9, "flip"), (25, "time")], Fills(result).Select(static fill => ((int)fill.Item3, fill.Item4)));
        Assert.Equal(Side.Buy, result.Fills[2].Side);
    }

    [Fact]
    public void An_exit_comes_before_the_handler_of_the_strategy()
    {
        var seen = new List<string>();
        var strategy = new ExitStrategy
        {
            Start = static one => one.Rules.AfterBars(one.Feed, 3),
            Act = BuyAt(2),
            ActOnBar = one => seen.Add(string.Join(',', one.Account.Working.Select(static order => order.Request.Origin))),
        };
        Run(Seconds(Rising), strategy);
        Assert.Equal(["", "time", "", ""], seen); // the range is known from the second bar on
    }

    [Fact]
    public void Before_the_end_of_a_session_and_nothing_more_until_the_next_one()
    {
        // UTC days: 120 seconds before midnight. A minute before it all is closed; each tick asks for a position.
        var start = Tapes.Start + (86_280 * Tapes.Second);
        var result = Run(
            Seconds(start, [.. Enumerable.Repeat(100m, 130)]),
            static one => one.Rules.BeforeClose(SessionCalendar.UtcDays, 1m),
            static (one, _) => one.Trading.SetPosition(one.Symbol, 1m, "hold")
        );
        Assert.Equal([(2, "hold"), (62, "square-off"), (122, "hold")], Fills(result).Select(static fill => ((int)fill.Item3, fill.Item4)));
        Assert.Equal(60, (result.Orders[1].Request.EventTime - result.From).TotalSeconds);
        Assert.Equal(3, result.Orders.Count);
    }

    [Fact]
    public void What_waits_to_enter_is_cancelled_before_the_end_of_a_session()
    {
        var start = Tapes.Start + (86_330 * Tapes.Second);
        var result = Run(
            Seconds(start, [.. Enumerable.Repeat(100m, 20), .. Enumerable.Repeat(98m, 20)]),
            static one => one.Rules.BeforeClose(SessionCalendar.UtcDays, 1m),
            static (one, tick) =>
            {
                if (tick.Seq == 2)
                {
                    one.Trading.BuyLimit(one.Symbol, 1m, 99m, tag: "resting");
                }
            }
        );
        Assert.Empty(result.Fills);
        Assert.Equal("CANCELLED_BY_STRATEGY", Assert.Single(result.Orders).Reason);
    }

    [Fact]
    public void In_the_hours_of_an_exchange_and_again_where_the_price_was_stale()
    {
        // NSE closes at 10:00 UTC. The last tick before 09:50 is five minutes old then, so that order is denied; the next tick asks again.
        long At(int hour, int minute) => Tapes.Start + (((hour * 60) + minute) * 60 * Tapes.Second);
        long[] times = [At(9, 0), At(9, 1), At(9, 45), At(9, 55), At(9, 56), At(10, 5), At(74 + 4, 0), At(74 + 4, 1)];
        var tape = Tapes.Of(times.Select(static time => Tapes.Trade(time, 1_500m, half: 0.05m, size: 1_000m)), "NSE:INFY");
        var asked = new List<long>();
        var strategy = new ExitStrategy
        {
            Symbol = "NSE:INFY",
            Start = static one => one.Rules.BeforeClose(NseCalendar.Default, 10m),
            Act = (one, tick) =>
            {
                if (tick.Seq != 3 && one.Trading.Buy(one.Symbol, 1m, "entry") is not null)
                {
                    asked.Add(tick.Seq);
                }
            },
        };
        var result = Run(tape, strategy);

        Assert.Equal([1L, 2, 7, 8], asked); // not at 09:55, 09:56 nor after the close: 2024-08-12 is the next session
        var closing = result.Orders.Where(static order => order.Request.Origin == "square-off").ToList();
        Assert.Equal([OrderStatus.Denied, OrderStatus.Filled], closing.Select(static order => order.State.Status));
        Assert.Equal(EventTime.FromMicros(At(9, 50)), closing[0].Request.EventTime);
        Assert.StartsWith("STALE_PRICE", closing[0].Reason, StringComparison.Ordinal);
        Assert.Equal((EventTime.FromMicros(At(9, 56)), 2m), (result.Fills[2].Timestamp, result.Fills[2].Quantity));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<BacktestException>(static () => Run(Seconds(Rising), static one => one.Rules.AfterBars(one.Feed, 0), BuyAt(2)));
        Assert.Throws<BacktestException>(static () =>
            Run(Seconds(Rising), static one => one.Rules.After(one.Symbol, TimeSpan.Zero), BuyAt(2))
        );
        Assert.Throws<BacktestException>(static () =>
            Run(Seconds(Rising), static one => one.Rules.BeforeClose(SessionCalendar.UtcDays, -1m), BuyAt(2))
        );
        Assert.Throws<BacktestException>(static () => Run(Seconds(Rising), static one => one.Rules.DailyLoss(0m), BuyAt(2)));
    }
}
