using AITrader.Domain.Signals;

namespace AITrader.Signals.Tests.Patterns.Detectors;

public sealed class MicrostructureTests
{
    [Theory]
    [InlineData(100.31, true)]
    [InlineData(100.29, false)]
    [InlineData(99.69, true)]
    [InlineData(99.71, false)]
    public void Z_score_fires_beyond_its_entry(double price, bool fires)
    {
        var tape = new Tape();
        for (var i = 0; i < 50; i++)
        {
            tape.Trade(i % 2 == 0 ? 99.9 : 100.1); // mean 100, deviation 0.1
        }

        var found = PatternRun.Find(PatternRun.Only("z_score").Set("z_score", "Window", 50), tape.Trade(price).Trade(price).Ticks);
        if (!fires)
        {
            Assert.Empty(found);
            return;
        }

        var one = Assert.Single(found);
        Assert.Equal((50, price > 100 ? SignalDirection.Bearish : SignalDirection.Bullish), (one.Tick, one.Direction));
        Assert.Equal(Math.Abs(price - 100) / 0.1 / 6, one.Score, 1e-9);
    }

    [Fact]
    public void Z_score_waits_until_its_window_is_full()
    {
        var tape = new Tape();
        for (var i = 0; i < 49; i++)
        {
            tape.Trade(i % 2 == 0 ? 99.9 : 100.1);
        }

        Assert.Empty(PatternRun.Find(PatternRun.Only("z_score").Set("z_score", "Window", 50), tape.Trade(120).Ticks));
    }

    // 0.8 (1 - (1 / 1.1)^n) passes 0.7 at n = 22, counted from the first quote, which only begins.
    [Theory]
    [InlineData(9, 1, 22, SignalDirection.Bullish)]
    [InlineData(1, 9, 22, SignalDirection.Bearish)]
    [InlineData(8, 2, -1, SignalDirection.Bullish)]
    public void Imbalance_burst_fires_when_the_average_has_come_that_far(double bid, double ask, int expected, SignalDirection direction)
    {
        var tape = new Tape();
        for (var i = 0; i < 200; i++)
        {
            tape.Quote(100, 100.01, bid, ask, wait: 0.1);
        }

        var with = PatternRun
            .Only("imbalance_burst")
            .Set("imbalance_burst", "Tau", 1)
            .Set("imbalance_burst", "Entry", 0.7)
            .Set("imbalance_burst", "Warmup", 5);
        Assert.Equal(
            expected < 0 ? [] : [(expected, direction)],
            PatternRun.Find(with, tape.Ticks).Select(static found => (found.Tick, found.Direction))
        );
    }

    [Fact]
    public void Imbalance_burst_counts_a_flood_of_quotes_in_one_instant_as_an_instant()
    {
        var tape = new Tape();
        for (var i = 0; i < 2_000; i++)
        {
            tape.Quote(100, 100.01, 99, 1, wait: 0);
        }

        Assert.Empty(PatternRun.Find(PatternRun.Only("imbalance_burst"), tape.Ticks));
    }

    [Theory]
    [InlineData(1, 0.01, 5, true)]
    [InlineData(-1, 0.01, 5, true)]
    [InlineData(1, 0.01, 4, false)]
    [InlineData(1, 0.11, 5, false)]
    public void Sweep_fires_at_its_fifth_level(int side, double pause, int levels, bool fires)
    {
        var tape = new Tape().Quote(99.99, 100.01);
        for (var i = 0; i < levels; i++)
        {
            tape.Trade(100 + (side * 0.01 * (i + 1)), wait: pause).Trade(100 + (side * 0.01 * (i + 1)), wait: pause);
        }

        var found = PatternRun.Find(PatternRun.Only("sweep"), tape.Ticks);
        Assert.Equal(
            fires ? [(9, side > 0 ? SignalDirection.Bullish : SignalDirection.Bearish)] : [],
            found.Select(static one => (one.Tick, one.Direction))
        );
    }

    [Fact]
    public void Sweep_begins_anew_where_the_price_goes_back()
    {
        var tape = new Tape().Quote(99.99, 100.01);
        foreach (var price in (double[])[100.01, 100.02, 100.03, 100.04, 100.035, 100.045, 100.05])
        {
            tape.Trade(price);
        }

        Assert.Empty(PatternRun.Find(PatternRun.Only("sweep"), tape.Ticks));
    }

    [Theory]
    [InlineData(20, 100, true)]
    [InlineData(19, 100, false)]
    [InlineData(20, 100.1, false)]
    public void Absorption_fires_when_one_side_has_traded_enough_at_one_price(int trades, double middle, bool fires)
    {
        var tape = new Tape().Quote(100, 100.5);
        for (var i = 0; i < 10; i++)
        {
            tape.Trade(i % 2 == 0 ? 100 : 101);
        }

        for (var i = 0; i < trades; i++)
        {
            tape.Trade(i == 10 ? middle : 100);
        }

        var with = PatternRun.Only("absorption").Set("absorption", "MeanTrades", 10).Set("absorption", "Factor", 20);
        var found = PatternRun.Find(with, tape.Ticks);
        Assert.Equal(fires ? [(30, SignalDirection.Bullish, 0.5)] : [], found.Select(static one => (one.Tick, one.Direction, one.Score)));
    }

    [Fact]
    public void Absorption_forgets_what_was_too_long_ago()
    {
        var tape = new Tape().Quote(100, 100.5);
        for (var i = 0; i < 200; i++)
        {
            tape.Trade(100, wait: 0.6); // 17 trades in the window of 10 s
        }

        var with = PatternRun.Only("absorption").Set("absorption", "MeanTrades", 10).Set("absorption", "Factor", 20);
        Assert.Empty(PatternRun.Find(with, tape.Ticks));
    }

    [Theory]
    [InlineData(100.0, 100.61, SignalDirection.Bullish)]
    [InlineData(99.49, 100.1, SignalDirection.Bearish)]
    [InlineData(100.0, 100.49, null)]
    [InlineData(99.7, 100.4, null)]
    public void Spread_shock_fires_where_one_side_draws_back(double bid, double ask, SignalDirection? expected)
    {
        var tape = new Tape();
        for (var i = 0; i < 12; i++)
        {
            tape.Quote(100, 100.1);
        }

        var found = PatternRun.Find(
            PatternRun.Only("spread_shock").Set("spread_shock", "MeanQuotes", 12),
            tape.Quote(bid, ask).Quote(bid, ask).Ticks
        );
        Assert.Equal(expected is { } direction ? [(12, direction)] : [], found.Select(static one => (one.Tick, one.Direction)));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(29.9, false)]
    public void Volume_spike_fires_at_the_trade_that_makes_the_bucket_so_large(double last, bool fires)
    {
        var tape = new Tape();
        for (var i = 0; i < 5; i++)
        {
            tape.Trade(100 + (i % 2), 4, wait: 0.5).Trade(100, 6, wait: 0.5);
        }

        tape.Trade(100.1, 30).Trade(100.2, last).Trade(100.3, 0.001);
        var with = PatternRun.Only("volume_spike").Set("volume_spike", "Buckets", 5);
        Assert.Equal(
            fires ? [(11, SignalDirection.Bullish)] : [],
            PatternRun.Find(with, tape.Ticks).Select(static one => (one.Tick, one.Direction))
        );
    }

    [Fact]
    public void Volume_spike_counts_the_stretches_in_which_nothing_was_traded()
    {
        // 10 in one of five buckets is a mean of 2: 12 are six times that.
        var tape = new Tape().Trade(100, 10).Wait(4.99).Trade(101, 12);
        var with = PatternRun.Only("volume_spike").Set("volume_spike", "Buckets", 5);
        var one = Assert.Single(PatternRun.Find(with, tape.Ticks));
        Assert.Equal((1, "12 2 6 12"), (one.Tick, one.Evidence));
    }
}
