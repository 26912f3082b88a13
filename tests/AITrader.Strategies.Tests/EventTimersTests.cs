using System.Globalization;

namespace AITrader.Strategies.Tests;

public sealed class EventTimersTests
{
    private DateTimeOffset _now = At("2024-03-30T10:00:30Z");

    [Fact]
    public void Timers_are_due_in_the_order_of_their_times_then_in_that_in_which_they_were_set()
    {
        var timers = Timers();
        timers.After(TimeSpan.FromSeconds(20), "c");
        timers.At(_now.AddSeconds(5), "a");
        timers.At(_now.AddSeconds(5), "b");

        Assert.Equal(["a", "b", "c"], Due(timers, "2024-03-30T10:01:00Z").Select(static due => due.Name));
        Assert.Null(timers.Next);
    }

    [Fact]
    public void An_interval_is_counted_from_1970_and_goes_on()
    {
        var timers = Timers();
        timers.Every(TimeSpan.FromMinutes(5), "five");

        string[] expected = ["10:05:00", "10:10:00", "10:15:00"];
        Assert.Equal(
            expected,
            Due(timers, "2024-03-30T10:19:59Z").Select(static due => due.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public void A_daily_timer_keeps_the_time_of_day_of_its_zone_over_a_change_of_the_clocks()
    {
        var timers = Timers();
        timers.Daily(new TimeOnly(9, 30), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), "open");

        // 30 March 2024 is over at 10:00 UTC; on the 31st summer time begins.
        DateTimeOffset[] expected = [At("2024-03-31T07:30:00Z"), At("2024-04-01T07:30:00Z")];
        Assert.Equal(expected, Due(timers, "2024-04-01T12:00:00Z").Select(static due => due.At));
    }

    [Fact]
    public void A_time_that_a_day_does_not_have_is_passed_over()
    {
        var timers = Timers();
        timers.Daily(new TimeOnly(2, 30), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), "night");

        DateTimeOffset[] expected = [At("2024-03-31T01:00:00Z"), At("2024-04-01T00:30:00Z")];
        Assert.Equal(expected, Due(timers, "2024-04-01T12:00:00Z").Select(static due => due.At));
    }

    [Fact]
    public void An_exit_comes_before_the_timers_of_its_time()
    {
        var timers = Timers();
        timers.At(At("2024-08-09T00:00:00Z"), "earlier");
        timers.At(At("2024-08-09T00:00:10Z"), "same");
        timers.At(At("2024-08-09T00:00:10Z"), static () => { });

        Assert.Equal(["earlier", string.Empty, "same"], Due(timers, "2024-08-09T00:00:10Z").Select(static due => due.Name));
    }

    [Fact]
    public void An_interval_must_be_positive() => Assert.Throws<ArgumentOutOfRangeException>(() => Timers().Every(TimeSpan.Zero, "never"));

    private EventTimers Timers() => new(() => _now);

    private List<(DateTimeOffset At, string Name)> Due(EventTimers timers, string until)
    {
        _now = At(until);
        var due = new List<(DateTimeOffset, string)>();
        while (timers.TryTake(_now, out var at, out var name, out _))
        {
            due.Add((at, name));
        }

        return due;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
