using AITrader.Domain.Sessions;
using AITrader.Trading.Statistics;

namespace AITrader.Trading.Tests.Statistics;

public sealed class DailySeriesTests
{
    [Fact]
    public void Takes_the_last_equity_of_each_day_and_the_first_day_against_the_initial_equity()
    {
        var series = DailySeries.Of(100m, [At(8, 10, 104m), At(8, 23, 110m), At(9, 0, 108m), At(9, 12, 99m)], SessionCalendar.UtcDays);
        Assert.Equal([new DateOnly(2024, 8, 8), new DateOnly(2024, 8, 9)], series.Days);
        Assert.Equal([110m, 99m], series.Equity);
        Assert.Equal([0.1, -0.1], series.Returns!, static (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Fact]
    public void A_day_without_a_point_is_a_day_with_a_return_of_zero()
    {
        var series = DailySeries.Of(100m, [At(8, 1, 100m), At(11, 1, 150m)], SessionCalendar.UtcDays);
        Assert.Equal([100m, 100m, 100m, 150m], series.Equity);
        Assert.Equal([0, 0, 0, 0.5], series.Returns!);
    }

    [Fact]
    public void Days_of_an_exchange_are_its_trading_days()
    {
        // Thursday 8 August 2024, then Monday 12: no Saturday and no Sunday between.
        var series = DailySeries.Of(100m, [At(8, 5, 101m), At(12, 5, 102m)], NseCalendar.Default);
        Assert.Equal([new DateOnly(2024, 8, 8), new DateOnly(2024, 8, 9), new DateOnly(2024, 8, 12)], series.Days);
    }

    [Fact]
    public void Returns_are_undefined_once_a_day_began_with_no_equity()
    {
        Assert.Null(DailySeries.Of(100m, [At(8, 1, 0m), At(9, 1, 50m)], SessionCalendar.UtcDays).Returns);
        Assert.Equal([-1.0], DailySeries.Of(100m, [At(8, 1, 0m)], SessionCalendar.UtcDays).Returns!);
    }

    [Fact]
    public void Refuses_points_out_of_order() =>
        Assert.Throws<ArgumentException>(() => DailySeries.Of(100m, [At(9, 1, 1m), At(8, 1, 1m)], SessionCalendar.UtcDays));

    [Fact]
    public void Months_begin_with_the_equity_that_the_one_before_ended_with()
    {
        var curve = new[] { At(30, 1, 110m), At(31, 1, 120m), At(32, 1, 90m), At(62, 1, 99m) };
        Assert.Equal(
            [new MonthlyReturn(2024, 8, 0.2), new MonthlyReturn(2024, 9, -0.25), new MonthlyReturn(2024, 10, 0.1)],
            MonthlyReturn.Of(DailySeries.Of(100m, curve, SessionCalendar.UtcDays)),
            static (expected, actual) =>
                expected with { Return = null } == actual with { Return = null }
                && Math.Abs(expected.Return!.Value - actual.Return!.Value) < 1e-12
        );
    }

    private static EquityPoint At(int day, int hour, decimal equity) =>
        new(new DateTimeOffset(2024, 8, 1, hour, 0, 0, TimeSpan.Zero).AddDays(day - 1), equity);
}
