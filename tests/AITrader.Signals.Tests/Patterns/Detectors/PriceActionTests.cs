using AITrader.Domain.Signals;
using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Patterns.Detectors;

/// <summary>Drawn shapes: each is found once, at the tick that closes the bar that completes it, and not where one condition is missed by a
/// little.</summary>
public sealed class PriceActionTests
{
    private const int Leg = 8;

    [Theory]
    [InlineData("double_top", SignalDirection.Bearish, "90 110 104 109.9 101", 103.9)]
    [InlineData("double_bottom", SignalDirection.Bullish, "110 90 96 90.1 99", 96.1)]
    [InlineData("head_and_shoulders", SignalDirection.Bearish, "90 108 104 112 104 108.2 100", 103.9)]
    [InlineData("inverse_head_and_shoulders", SignalDirection.Bullish, "110 92 96 88 96 91.8 100", 96.1)]
    [InlineData("ascending_triangle", SignalDirection.Bullish, "95 110 100 110 104 112", 110.1)]
    [InlineData("descending_triangle", SignalDirection.Bearish, "105 90 100 90 96 88", 89.9)]
    public void Is_found_when_a_close_passes_the_line(string pattern, SignalDirection direction, string turns, double line)
    {
        var bars = Path(turns);
        var found = Assert.Single(PatternRun.Find(PatternRun.Only(pattern), Tape.Of(bars).Ticks));

        var lastTurn = bars.Count - 1 - Leg;
        var breaking = bars.FindIndex(lastTurn, bar => direction == SignalDirection.Bullish ? bar.Close > line : bar.Close < line);
        Assert.Equal((4 * (breaking + 1), direction), (found.Tick, found.Direction));
    }

    [Theory]
    [InlineData("double_top", "90 110 104 109.9 104.2")] // no close below the trough
    [InlineData("double_top", "90 110 104 112 101")] // tops too far apart
    [InlineData("double_top", "90 110 109 110 101")] // too shallow
    [InlineData("double_bottom", "110 90 96 88 99")]
    [InlineData("head_and_shoulders", "90 108 104 107.5 104 108.2 100")] // the middle is no head
    [InlineData("head_and_shoulders", "90 105.2 104 112 104 108.2 100")] // shoulders too far apart
    [InlineData("inverse_head_and_shoulders", "110 92 96 92.5 96 91.8 100")]
    [InlineData("ascending_triangle", "95 110 100 110 101.5 112")] // the lows hardly rise
    [InlineData("ascending_triangle", "95 110 100 110 104 98")] // broken on the other side
    [InlineData("descending_triangle", "105 90 100 90 98.5 88")]
    [InlineData("symmetric_triangle", "95 112 100 111 104 112")] // the highs hardly fall
    public void Is_not_found_where_one_condition_is_missed(string pattern, string turns) =>
        Assert.Empty(PatternRun.Find(PatternRun.Only(pattern), Tape.Of(Path(turns)).Ticks));

    [Theory]
    [InlineData("95 112 100 108 104 109", SignalDirection.Bullish)]
    [InlineData("105 88 100 92 96 91", SignalDirection.Bearish)]
    public void Symmetric_triangle_is_found_beyond_its_sloping_line(string turns, SignalDirection direction)
    {
        var bars = Path(turns);
        var found = Assert.Single(PatternRun.Find(PatternRun.Only("symmetric_triangle"), Tape.Of(bars).Ticks));

        // The line goes through the pivots of the second and the fourth turn, whose bars are two legs apart.
        var (first, second) = (direction == SignalDirection.Bullish ? 112.1 : 87.9, direction == SignalDirection.Bullish ? 108.1 : 91.9);
        var at = (3 * Leg) - 1;
        var breaking = Enumerable
            .Range((4 * Leg) + 2, Leg)
            .First(i =>
                ((bars[i].Close - (second + ((second - first) / (2 * Leg) * (i - at)))) * (direction == SignalDirection.Bullish ? 1 : -1))
                > 0
            );
        Assert.Equal((4 * (breaking + 1), direction), (found.Tick, found.Direction));
    }

    [Fact]
    public void A_pivot_is_spoken_of_only_when_it_is_known()
    {
        // The second top is the last bar but two: the neckline was broken, but the third bar after the top is not there.
        var bars = Path("90 110 104 109.9")[..^1];
        bars.Add(new BarInput(109.9, 110, 102, 102.5, 0, 0));
        bars.Add(new BarInput(102.5, 103, 102, 102.5, 0, 0));
        Assert.Empty(PatternRun.Find(PatternRun.Only("double_top"), Tape.Of([.. bars, bars[^1]]).Ticks));
        Assert.Equal(
            [4 * (bars.Count + 1)],
            PatternRun.Find(PatternRun.Only("double_top"), Tape.Of([.. bars, bars[^1], bars[^1]]).Ticks).Select(static found => found.Tick)
        );
    }

    [Theory]
    [InlineData("gap", 101.2, 101.5, 101.0, 101.3, SignalDirection.Bullish)]
    [InlineData("gap", 101.2, 101.5, 100.99, 101.3, null)]
    [InlineData("gap", 98.8, 99.0, 98.5, 98.7, SignalDirection.Bearish)]
    [InlineData("gap", 98.8, 99.01, 98.5, 98.7, null)]
    [InlineData("breakdown", 100, 100.2, 99.3, 99.49, SignalDirection.Bearish)]
    [InlineData("breakdown", 100, 100.2, 99.3, 99.5, null)]
    [InlineData("breakdown", 100, 100.6, 100, 100.6, null)]
    public void Is_found_at_one_bar_after_even_ones(
        string pattern,
        double open,
        double high,
        double low,
        double close,
        SignalDirection? expected
    )
    {
        var found = PatternRun.Find(
            PatternRun.Only(pattern),
            Tape.Of([.. Even(22), new BarInput(open, high, low, close, 0, 0), new BarInput(close, close, close, close, 0, 0)]).Ticks
        );
        Assert.Equal(expected is { } direction ? [(92, direction)] : [], found.Select(static one => (one.Tick, one.Direction)));
    }

    [Theory]
    [InlineData(1, 4, 0.3, true)]
    [InlineData(-1, 4, 0.3, true)]
    [InlineData(1, 2, 0.3, false)] // too short a rest
    [InlineData(1, 4, 1.5, false)] // too deep
    public void Flag_is_found_where_its_rest_is_left(int sign, int rest, double step, bool found)
    {
        var closes = new List<double>();
        closes.AddRange(Enumerable.Range(1, 5).Select(static i => 2.0 * i));
        closes.AddRange(Enumerable.Range(1, rest).Select(i => 10 - (step * i)));
        closes.Add(11);
        closes.Add(11);
        var bars = Even(20);
        foreach (var close in closes)
        {
            var (from, to) = (bars[^1].Close, 100 + (sign * close));
            bars.Add(new BarInput(from, Math.Max(from, to) + 0.1, Math.Min(from, to) - 0.1, to, 0, 0));
        }

        var pattern = sign > 0 ? "bull_flag" : "bear_flag";
        var direction = sign > 0 ? SignalDirection.Bullish : SignalDirection.Bearish;
        var all = PatternRun.Find(PatternRun.Only(pattern), Tape.Of(bars).Ticks);
        Assert.Equal(found ? [(4 * (bars.Count - 1), direction)] : [], all.Select(static one => (one.Tick, one.Direction)));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(3, false)]
    public void Range_is_found_when_an_edge_is_touched_again(double maxHeight, bool found)
    {
        // Up and down between 100 and 104 in five bars each; the bars 4, 14, 24, 34 close at the top. From bar 30 on there are thirty
        // before.
        var bars = Path(string.Join(' ', Enumerable.Range(0, 12).Select(static i => i % 2 == 0 ? "100" : "104")), 5);
        var all = PatternRun.Find(PatternRun.Only("range").Set("range", "MaxHeightAtr", maxHeight), Tape.Of(bars).Ticks);
        Assert.Equal(found ? [(4 * 35, SignalDirection.Bearish)] : [], all.Select(static one => (one.Tick, one.Direction)));
    }

    /// <summary>Bars along straight legs between turns; shadows of 0.1, and one more bar at the end.</summary>
    internal static List<BarInput> Path(string turns, int leg = Leg)
    {
        var points = turns
            .Split(' ')
            .Select(static text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        var bars = new List<BarInput>();
        var last = points[0];
        for (var i = 1; i < points.Length; i++)
        {
            for (var step = 1; step <= leg; step++)
            {
                var next = points[i - 1] + ((points[i] - points[i - 1]) * step / leg);
                bars.Add(new BarInput(last, Math.Max(last, next) + 0.1, Math.Min(last, next) - 0.1, next, 0, 0));
                last = next;
            }
        }

        bars.Add(new BarInput(last, last, last, last, 0, 0));
        return bars;
    }

    /// <summary>Bars around 100 whose true range is 1.</summary>
    internal static List<BarInput> Even(int count) => [.. Enumerable.Repeat(new BarInput(100, 100.5, 99.5, 100, 0, 0), count)];
}
