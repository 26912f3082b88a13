using AITrader.Domain.Orders;
using AITrader.Domain.Sessions;
using static AITrader.Backtesting.Tests.Exits.ExitStrategy;

namespace AITrader.Backtesting.Tests.Exits;

/// <summary>The stop of a day's loss: ten units at 100.1 have cost 0.4004 of fees.</summary>
public sealed class DailyLossTests
{
    [Theory]
    [InlineData(51.4, 6)] // 95: 51 and the fee
    [InlineData(51.5, 7)] // 94.9
    public void An_open_loss_closes_at_the_tick_after_the_one_that_reaches_it(double amount, int seq)
    {
        var result = Run(Seconds(Steady(4, 95m, 94.9m, 94.8m, 94.7m)), one => one.Rules.DailyLoss((decimal)amount), BuyAt(2, 10m));
        Assert.Equal((Side.Sell, seq == 6 ? 94.8m : 94.7m, seq, "daily loss"), Fills(result)[1]);
        Assert.StartsWith("DAILY_LOSS loss=", Assert.Single(result.Log).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_entered_until_the_next_day()
    {
        // 60 seconds before midnight; what waits is cancelled, what is asked for again at each tick is not placed.
        var start = Tapes.Start + (86_340 * Tapes.Second);
        var result = Run(
            Seconds(start, [.. Enumerable.Repeat(100m, 10), .. Enumerable.Repeat(90m, 60)]),
            static one => one.Rules.DailyLoss(50m),
            static (one, tick) =>
            {
                if (tick.Seq == 5)
                {
                    one.Trading.BuyLimit(one.Symbol, 1m, 80m, tag: "resting");
                }
                else if (one.Account.PositionOf(one.Symbol).Quantity == 0m)
                {
                    one.Trading.SetPosition(one.Symbol, 10m, "hold");
                }
            }
        );

        Assert.Equal([(2, "hold"), (12, "daily loss"), (62, "hold")], Fills(result).Select(static fill => ((int)fill.Item3, fill.Item4)));
        Assert.Equal(OrderStatus.Cancelled, result.Orders.Single(static order => order.Request.Origin == "resting").State.Status);
        Assert.DoesNotContain(result.Orders, static order => order.Request.Seq is >= 11 and < 61 && order.Request.Origin == "hold");
    }

    [Fact]
    public void A_day_is_that_of_the_calendar()
    {
        // In Kolkata midnight is at 18:30 UTC: a UTC day later, and the day of the loss is over.
        var start = Tapes.Start + ((66_600 - 30) * Tapes.Second);
        var result = Run(
            Seconds(start, [.. Enumerable.Repeat(100m, 5), .. Enumerable.Repeat(90m, 60)]),
            static one => one.Rules.DailyLoss(50m, SessionCalendar.DaysIn(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"))),
            static (one, _) => one.Trading.SetPosition(one.Symbol, 10m, "hold")
        );
        Assert.Equal([2, 7, 32], result.Fills.Select(static fill => (int)fill.Seq));
    }

    [Fact]
    public void What_is_realised_counts_and_the_jump_into_a_new_day_counts_to_the_new_one()
    {
        // 20 lost on the first day, then 40 by the first tick of the next one, at second 10: less than 50 each, more together.
        var start = Tapes.Start + (86_390 * Tapes.Second);
        var result = Run(
            Seconds(start, [100m, 100m, 98.1m, 98.1m, 98.1m, 98.1m, 98.1m, 98.1m, 98.1m, 98.1m, 94.1m, 94.1m, 93m, 93m]),
            static one => one.Rules.DailyLoss(50m),
            static (one, tick) =>
            {
                if (tick.Seq == 1)
                {
                    one.Trading.Buy(one.Symbol, 10m, "entry");
                }
            }
        );

        // From 98.1 on it is 10 * 4 = 40 at tick 11 and 51 at tick 13.
        Assert.Equal([(2, "entry"), (14, "daily loss")], Fills(result).Select(static fill => ((int)fill.Item3, fill.Item4)));
    }
}
