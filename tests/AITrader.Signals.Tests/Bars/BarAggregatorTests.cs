using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Domain.Sessions;
using AITrader.Domain.Time;
using AITrader.Signals.Bars;

namespace AITrader.Signals.Tests.Bars;

/// <summary>Bars of the clock's hours in markets that open and close at half past: 5 January 2026, NSE 09:15 to 15:30 is 03:45 to 10:00
/// UTC, New York 09:30 to 16:00 is 14:30 to 21:00 UTC.</summary>
public sealed class BarAggregatorTests
{
    private static readonly SessionCalendar NewYork = UsEquityCalendar.Default;
    private static readonly TimeSpan Session = TimeBarBuilder.WholeSession;

    [Fact]
    public void A_bar_that_reaches_over_the_open_gives_the_day_its_open()
    {
        var day = Assert.Single(
            NaiveBars.Aggregate(new BarAggregator(Session, NewYork), [Hour(14, 110, 112), Hour(15, 109, 111), Hour(16, 111, 113)])
        );
        Assert.Equal(("14:30", "21:00", 110m, 114m, 108m, 113m, 3m), Row(day));
    }

    [Fact]
    public void A_bar_that_reaches_over_the_close_gives_the_day_its_close()
    {
        var calendar = NseCalendar.Default;
        var aggregator = new BarAggregator(Session, calendar, SessionPhases.Regular);
        Bar[] bars = [Local(9, 100, 101), Local(10, 102, 103), Local(15, 103, 104), Local(33, 200, 201), Local(39, 205, 206)];
        var days = NaiveBars.Aggregate(aggregator, bars);
        Assert.Equal([("03:45", "10:00", 100m, 105m, 99m, 104m, 3m), ("03:45", "10:00", 200m, 207m, 199m, 206m, 2m)], days.Select(Row));
        Assert.Equal(0, aggregator.OutOfSession);
    }

    [Fact]
    public void A_half_hour_close_is_reached_over_too()
    {
        // A half day: New York closes at 13:00, 18:00 UTC; the bar is of the two hours to 19:00.
        var day = Assert.Single(
            NaiveBars.Aggregate(new BarAggregator(Session, NewYork), [Bar(HalfDay + H(15), 120, 50, 51), Bar(HalfDay + H(17), 120, 52, 53)])
        );
        Assert.Equal(("14:30", "18:00", 50m, 54m, 49m, 53m, 2m), Row(day));
    }

    [Fact]
    public void A_bar_of_the_calendar_day_is_the_sessions()
    {
        var days = NaiveBars.Aggregate(
            new BarAggregator(Session, NewYork),
            [Bar(Start + H(5), 24 * 60, 10, 11), Bar(Start + H(29), 24 * 60, 12, 13)]
        );
        Assert.Equal([("14:30", "21:00", 10m, 12m, 9m, 11m, 1m), ("14:30", "21:00", 12m, 14m, 11m, 13m, 1m)], days.Select(Row));
    }

    [Fact]
    public void The_first_longer_bar_of_a_day_takes_the_one_that_reaches_over_the_open()
    {
        // Two hours from 14:30: 16:00 to 17:00 lies in two of them.
        var aggregator = new BarAggregator(TimeSpan.FromHours(2), NewYork);
        Assert.False(aggregator.Update(Hour(14, 110, 112), out _));
        Assert.False(aggregator.Update(Hour(15, 109, 111), out _));
        Assert.Throws<ArgumentException>(() => aggregator.Update(Hour(16, 111, 113), out _));
        Assert.True(aggregator.Update(Bar(Start + H(16) + M(30), 30, 111, 113), out var first));
        Assert.Equal(("14:30", "16:30", 110m, 113m, 108m, 111m, 2m), Row(first));
    }

    [Fact]
    public void Bars_wholly_outside_are_left_out_and_counted_also_after_one_that_reached_over()
    {
        var aggregator = new BarAggregator(Session, NewYork);
        var days = NaiveBars.Aggregate(
            aggregator,
            [
                Hour(12, 90, 91),
                Hour(13, 90, 91),
                Hour(14, 110, 112),
                Bar(Start + H(20) + M(30), 60, 111, 113),
                Hour(22, 1, 2),
                Hour(38, 120, 121),
            ]
        );
        Assert.Equal([("14:30", "21:00", 110m, 114m, 109m, 113m, 2m), ("14:30", "21:00", 120m, 122m, 119m, 121m, 1m)], days.Select(Row));
        Assert.Equal(3, aggregator.OutOfSession);
    }

    [Fact]
    public void A_bar_that_lies_in_two_sessions_is_refused()
    {
        Assert.Throws<ArgumentException>(static () => new BarAggregator(Session).Update(Bar(Start + H(23) + M(30), 60, 1, 2), out _));
        Assert.Throws<ArgumentException>(static () => new BarAggregator(Session, NewYork).Update(Bar(Start + H(15), 24 * 60, 1, 2), out _));
        var extended = new BarAggregator(Session, NewYork, SessionPhases.PreOpen | SessionPhases.Regular);
        Assert.Throws<ArgumentException>(() => extended.Update(Hour(14, 1, 2), out _));
    }

    [Fact]
    public void A_bar_that_goes_back_over_the_open_is_refused()
    {
        var aggregator = new BarAggregator(TimeSpan.FromMinutes(30), NewYork);
        aggregator.Update(Bar(Start + H(15), 30, 1, 2), out _);
        Assert.Throws<ArgumentException>(() => aggregator.Update(Hour(14, 1, 2), out _));
    }

    private static long Start => EventTime.ToMicros(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));

    private static long HalfDay => EventTime.ToMicros(new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));

    private static long H(int hours) => hours * 3_600 * EventTime.MicrosPerSecond;

    private static long M(int minutes) => minutes * 60 * EventTime.MicrosPerSecond;

    private static Bar Hour(int hour, int open, int close) => Bar(Start + H(hour), 60, open, close);

    private static Bar Local(int hour, int open, int close) => Bar(Start + H(hour) - H(5) - M(30), 60, open, close);

    private static Bar Bar(long start, int minutes, int open, int close) =>
        new()
        {
            Kind = BarKind.Trade,
            Symbol = 0,
            StartMicros = start,
            EndMicros = start + M(minutes),
            Trade = new Ohlc(Units(open), Units(close + 1), Units(open - 1), Units(close)),
            Volume = Volume.FromRaw(Quantity.Scale),
            IsComplete = true,
        };

    private static Price Units(int units) => Price.FromNanos(units * Price.Scale);

    private static (string Start, string End, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume) Row(Bar bar) =>
        (
            EventTime.FromMicros(bar.StartMicros).ToString("HH:mm"),
            EventTime.FromMicros(bar.EndMicros).ToString("HH:mm"),
            bar.Trade.Open.ToDecimal(),
            bar.Trade.High.ToDecimal(),
            bar.Trade.Low.ToDecimal(),
            bar.Trade.Close.ToDecimal(),
            bar.Volume.ToDecimal()
        );
}
