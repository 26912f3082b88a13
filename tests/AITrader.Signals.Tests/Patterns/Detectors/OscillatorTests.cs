using AITrader.Domain.Signals;
using AITrader.Signals.Indicators;
using AITrader.Signals.Tests.Indicators;

namespace AITrader.Signals.Tests.Patterns.Detectors;

/// <summary>Patterns of averages against the page of formulas written down again over whole lists.</summary>
public sealed class OscillatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Macd_cross_is_where_the_histogram_leaves_its_band_on_the_other_side(int seed)
    {
        var bars = Bars(seed, 400);
        var with = PatternRun
            .Only("macd_cross")
            .Set("macd_cross", "Fast", 3)
            .Set("macd_cross", "Slow", 7)
            .Set("macd_cross", "Signal", 4)
            .Set("macd_cross", "Cooldown", 0);
        var expected = new List<(int, SignalDirection)>();
        var closes = bars.ConvertAll(static bar => bar.Close);
        var lines = Enumerable
            .Range(1, bars.Count)
            .Select(n => NaiveSignals.Ema(closes[..n], 3) - NaiveSignals.Ema(closes[..n], 7))
            .ToList();
        var side = 0;
        for (var i = 13; i < bars.Count - 1; i++)
        {
            var histogram = lines[i] - NaiveSignals.Ema(lines[6..(i + 1)], 4);
            var band = 0.02 * NaiveSignals.Wilder(Ranges(bars[..(i + 1)]), 14);
            var now =
                histogram > band ? 1
                : histogram < -band ? -1
                : side;
            if (side != 0 && now != side)
            {
                expected.Add((4 * (i + 1), now > 0 ? SignalDirection.Bullish : SignalDirection.Bearish));
            }

            side = now;
        }

        Assert.True(expected.Count > 5);
        Assert.Equal(expected, PatternRun.Find(with, Tape.Of(bars).Ticks).Select(static found => (found.Tick, found.Direction)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rsi_divergence_is_where_price_and_rsi_part_at_two_pivots(int seed)
    {
        var bars = Bars(seed, 1_500);
        var with = PatternRun.Only("rsi_divergence").Set("rsi_divergence", "MinRsi", 3).Set("rsi_divergence", "Cooldown", 0);
        var expected = Divergences(bars, 3);
        Assert.Contains(expected, static one => one.Direction == SignalDirection.Bullish);
        Assert.Contains(expected, static one => one.Direction == SignalDirection.Bearish);
        var found = PatternRun.Find(with, Tape.Of(bars).Ticks);
        Assert.Equal(expected.Select(static one => (one.Tick, one.Direction)), found.Select(static one => (one.Tick, one.Direction)));
        Assert.All(expected.Zip(found), static pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-9));
    }

    private static List<(int Tick, SignalDirection Direction, double Score)> Divergences(List<BarInput> bars, double least)
    {
        var closes = bars.ConvertAll(static bar => bar.Close);
        var expected = new List<(int, SignalDirection, double)>();
        var pivots = new List<(int Sign, double Price, int Bar)>();
        for (var last = 6; last < bars.Count - 1; last++)
        {
            var isNew = false;
            foreach (var sign in (int[])(pivots is [.., { Sign: 1 }] ? [-1, 1] : [1, -1]))
            {
                var prices = bars.ConvertAll(bar => sign > 0 ? bar.High : -bar.Low);
                var at = last - 3;
                if (prices[at] <= prices.GetRange(at - 3, 3).Max() || prices[at] < prices.GetRange(at + 1, 3).Max())
                {
                    continue;
                }

                if (pivots.Count > 0 && pivots[^1].Sign == sign)
                {
                    if (sign * pivots[^1].Price >= prices[at])
                    {
                        continue;
                    }

                    pivots.RemoveAt(pivots.Count - 1);
                }

                pivots.Add((sign, sign * prices[at], at));
                isNew = true;
            }

            if (isNew && pivots.Count >= 3 && pivots[^3].Bar >= 14)
            {
                var (older, newer) = (pivots[^3], pivots[^1]);
                double before = Rsi(closes[..(older.Bar + 1)]),
                    after = Rsi(closes[..(newer.Bar + 1)]);
                if (
                    (newer.Price - older.Price) * newer.Sign > 0
                    && (before - 50) * newer.Sign >= 10
                    && (before - after) * newer.Sign >= least
                    && newer.Bar - older.Bar <= 60
                )
                {
                    expected.Add(
                        (
                            4 * (last + 1),
                            newer.Sign > 0 ? SignalDirection.Bearish : SignalDirection.Bullish,
                            (before - after) * newer.Sign / (((before - after) * newer.Sign) + least)
                        )
                    );
                }
            }
        }

        return expected;
    }

    private static double Rsi(List<double> closes)
    {
        var changes = NaiveSignals.Changes(closes).ToList();
        var loss = NaiveSignals.Wilder(changes.Select(static change => Math.Max(-change, 0)), 14);
        return loss == 0 ? 100 : 100 - (100 / (1 + (NaiveSignals.Wilder(changes.Select(static change => Math.Max(change, 0)), 14) / loss)));
    }

    private static IEnumerable<double> Ranges(List<BarInput> bars) =>
        bars.Select(
            (bar, i) =>
                i == 0
                    ? bar.High - bar.Low
                    : Math.Max(bar.High - bar.Low, Math.Max(Math.Abs(bar.High - bars[i - 1].Close), Math.Abs(bar.Low - bars[i - 1].Close)))
        );

    // Prices of two decimals, as ticks carry them.
    private static List<BarInput> Bars(int seed, int count) =>
        BarSamples
            .Walk(seed, count)
            .ConvertAll(static bar => new BarInput(
                Math.Round(bar.Open, 2),
                Math.Round(bar.High, 2),
                Math.Round(bar.Low, 2),
                Math.Round(bar.Close, 2),
                0,
                0
            ));
}
