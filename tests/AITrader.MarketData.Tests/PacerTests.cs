using AITrader.MarketData.Replay;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.MarketData.Tests;

/// <summary>The schedule, to the tick of the clock: nothing here waits.</summary>
public sealed class PacerTests
{
    private const long Second = 1_000_000;
    private const long Start = 1_723_161_255_088_176;

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(0.1, 10_000)]
    [InlineData(1, 1_000)]
    [InlineData(20, 50)]
    [InlineData(1000, 1)]
    public void Event_time_passes_at_the_speed(double speed, double expectedMillis)
    {
        var pacer = new Pacer(_time, new ReplaySpeed(speed));

        Assert.Equal(TimeSpan.Zero, pacer.Until(Start));
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMillis), pacer.Until(Start + Second));
    }

    [Fact]
    public void Being_late_makes_nothing_else_late()
    {
        var pacer = new Pacer(_time, new ReplaySpeed(1));
        Assert.Equal(TimeSpan.Zero, pacer.Until(Start));
        for (var n = 1; n <= 10_000; n++)
        {
            // Every event is taken 300 us after it was due: with a schedule of steps the last one would be 3 s late.
            var left = pacer.Until(Start + (n * 1_000));
            _time.Advance(left + TimeSpan.FromMicroseconds(300));
            Assert.Equal(TimeSpan.FromMicroseconds(-300), pacer.Until(Start + (n * 1_000)));
        }
    }

    [Fact]
    public void At_full_speed_everything_is_due()
    {
        var pacer = new Pacer(_time, new ReplaySpeed(double.PositiveInfinity));

        Assert.False(pacer.IsPaced);
        Assert.Equal(TimeSpan.Zero, pacer.Until(long.MaxValue / 10));
    }

    [Fact]
    public void Another_speed_counts_from_the_moment_of_the_change()
    {
        var pacer = new Pacer(_time, new ReplaySpeed(1));
        pacer.Until(Start);
        _time.Advance(TimeSpan.FromSeconds(4));

        pacer.Change(new ReplaySpeed(2));
        Assert.Equal(TimeSpan.FromSeconds(3), pacer.Until(Start + (10 * Second)));
        _time.Advance(TimeSpan.FromSeconds(1));
        pacer.Change(new ReplaySpeed(0.5));

        // 4 s at 1x and 1 s at 2x are 6 s of event time; the other 4 s take 8.
        Assert.Equal(TimeSpan.FromSeconds(8), pacer.Until(Start + (10 * Second)));
        Assert.Equal(TimeSpan.Zero, pacer.Until(Start + (6 * Second)));
    }

    [Fact]
    public void Naming_the_same_speed_again_and_again_changes_nothing()
    {
        var pacer = new Pacer(_time, new ReplaySpeed(3));
        pacer.Until(Start);
        for (var n = 0; n < 1_000; n++)
        {
            _time.Advance(TimeSpan.FromTicks(7));
            pacer.Change(new ReplaySpeed(3));
        }

        Assert.Equal(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(7_000), pacer.Until(Start + (3 * Second)));
    }

    [Fact]
    public void After_full_speed_the_schedule_begins_with_the_next_event()
    {
        var pacer = new Pacer(_time, new ReplaySpeed(1));
        pacer.Until(Start);
        pacer.Change(new ReplaySpeed(double.PositiveInfinity));
        Assert.Equal(TimeSpan.Zero, pacer.Until(Start + (500 * Second)));

        pacer.Change(new ReplaySpeed(10));

        Assert.Equal(TimeSpan.Zero, pacer.Until(Start + (600 * Second)));
        Assert.Equal(TimeSpan.FromSeconds(1), pacer.Until(Start + (610 * Second)));
    }

    [Fact]
    public void A_pause_takes_no_event_time()
    {
        var pacer = new Pacer(_time, new ReplaySpeed(2));
        pacer.Until(Start);
        _time.Advance(TimeSpan.FromSeconds(1));

        pacer.Hold();
        _time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(TimeSpan.FromSeconds(4), pacer.Until(Start + (10 * Second)));
        pacer.Change(new ReplaySpeed(4));
        Assert.Equal(TimeSpan.FromSeconds(2), pacer.Until(Start + (10 * Second)));
        pacer.Release();

        Assert.Equal(TimeSpan.FromSeconds(2), pacer.Until(Start + (10 * Second)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), pacer.Until(Start + (10 * Second)));
    }

    [Fact]
    public void A_pause_before_the_first_event_leaves_it_due_at_once()
    {
        var pacer = new Pacer(_time, new ReplaySpeed(1));
        pacer.Hold();
        _time.Advance(TimeSpan.FromSeconds(9));
        pacer.Release();

        Assert.Equal(TimeSpan.Zero, pacer.Until(Start));
        Assert.Equal(TimeSpan.FromSeconds(1), pacer.Until(Start + Second));
    }

    [Fact]
    public void Drift_is_what_even_the_most_punctual_event_of_a_second_is_late_by()
    {
        var absolute = new Lateness();
        var stepwise = new Lateness();
        for (var n = 0; n < 10_000; n++)
        {
            // Most events are late by much, one of ten hardly: a schedule of steps adds that up, an absolute one does not.
            var hindered = TimeSpan.FromMicroseconds(n % 10 == 0 ? 20 : 30_000);
            absolute.Add(hindered, TimeSpan.FromMilliseconds(n));
            stepwise.Add(hindered + TimeSpan.FromMicroseconds(20 * n), TimeSpan.FromMilliseconds(n));
        }

        // The last whole second holds the events from 8,000 on.
        Assert.Equal(0.02, absolute.Report()!.Drift);
        Assert.Equal(160.02, stepwise.Report()!.Drift);
        Assert.Equal(0.02, Only(TimeSpan.FromMicroseconds(20)).Report()!.Drift);
    }

    [Fact]
    public void Lateness_is_counted_to_three_digits()
    {
        var lateness = new Lateness();
        Assert.Null(lateness.Report());
        for (var micros = 1; micros <= 1_000; micros++)
        {
            lateness.Add(TimeSpan.FromMicroseconds(micros), TimeSpan.FromMilliseconds(micros));
        }

        var report = lateness.Report()!;
        Assert.Equal((0.5, 0.99), (report.P50, report.P99));
        Assert.Equal((1.0, 0.5005), (report.Max, report.Mean));

        lateness.Add(TimeSpan.FromHours(30), TimeSpan.FromHours(30));
        lateness.Add(TimeSpan.FromSeconds(-5), TimeSpan.FromHours(30));
        Assert.Equal(TimeSpan.FromHours(30).TotalMilliseconds, lateness.Report()!.Max);
    }

    private static Lateness Only(TimeSpan late)
    {
        var lateness = new Lateness();
        lateness.Add(late, TimeSpan.FromSeconds(3));
        return lateness;
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.5, 51)]
    [InlineData(0.999, 100)]
    [InlineData(1.0, 100)]
    public void A_share_of_the_content_names_a_tick(double fraction, long position) =>
        Assert.Equal(position, SeekTarget.PositionOf(fraction, 100));
}
