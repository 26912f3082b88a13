using AITrader.Venues.Kite.Live;

namespace AITrader.Venues.Tests.Kite;

/// <summary>What was traded between two volumes of a day.</summary>
public sealed class DayVolumeTests
{
    private DayVolume _volume;

    [Fact]
    public void The_first_volume_is_where_the_day_stands_and_later_ones_are_trades()
    {
        Assert.Equal((0u, VolumeStep.On), Take(5_000_100));
        Assert.Equal((7u, VolumeStep.On), Take(5_000_107));
        Assert.Equal((0u, VolumeStep.On), Take(5_000_107));
    }

    [Fact]
    public void A_step_back_is_no_trade_and_what_comes_back_is_not_counted_twice()
    {
        Take(5_000_100);
        Assert.Equal((0u, VolumeStep.Back), Take(5_000_090));
        Assert.Equal((0u, VolumeStep.On), Take(5_000_100));
        Assert.Equal((3u, VolumeStep.On), Take(5_000_103));
    }

    [Fact]
    public void Zeros_are_no_volume_however_many_come()
    {
        Take(5_000_100);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal((0u, VolumeStep.Back), Take(0));
        }

        Assert.Equal((1u, VolumeStep.On), Take(5_000_101));
    }

    [Fact]
    public void A_new_day_starts_from_its_own_volume()
    {
        Take(5_000_100, day: 10);
        Assert.Equal((0u, VolumeStep.On), Take(5_000_100, day: 11)); // yesterday's, told before the open
        Assert.Equal((0u, VolumeStep.On), Take(0, day: 11));
        Assert.Equal((40u, VolumeStep.On), Take(40, day: 11));
        Assert.Equal((2u, VolumeStep.On), Take(42, day: 11));
        Assert.Equal((9_000_000u, VolumeStep.On), Take(9_000_000, day: 12)); // nobody listened in the morning
        Assert.Equal((0u, VolumeStep.Back), Take(42, day: 11)); // a packet of the day before
    }

    [Fact]
    public void A_volume_without_a_day_begins_none()
    {
        Take(5_000_100, day: 0);
        Assert.Equal((5u, VolumeStep.On), Take(5_000_105, day: 11));
        Assert.Equal((5u, VolumeStep.On), Take(5_000_110, day: 0));
        Assert.Equal((50u, VolumeStep.On), Take(50, day: 12));
    }

    [Fact]
    public void A_run_of_lower_ones_is_believed_as_the_highest_may_have_been_wrong()
    {
        Take(1_000);
        Assert.Equal((4_294_966_295u, VolumeStep.On), Take(uint.MaxValue));
        for (var i = 1u; i < 10; i++)
        {
            Assert.Equal((0u, VolumeStep.Back), Take(1_000 + i));
        }

        Assert.Equal((0u, VolumeStep.Believed), Take(1_010));
        Assert.Equal((2u, VolumeStep.On), Take(1_012));
    }

    [Fact]
    public void Lower_ones_that_do_not_rise_are_no_run()
    {
        Take(1_000);
        for (var i = 0u; i < 100; i++)
        {
            Assert.Equal((0u, VolumeStep.Back), Take(900 - i));
        }

        Assert.Equal((1u, VolumeStep.On), Take(1_001));
    }

    private (uint Traded, VolumeStep Step) Take(uint told, int day = 10) => (_volume.Take(told, day, out var step), step);
}
