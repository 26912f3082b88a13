using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns.Candlesticks;

namespace AITrader.Signals.Tests.Patterns.Candlesticks;

/// <summary>The patterns that the labels never show, drawn from their definitions; each with a bar that misses one condition by a
/// little.</summary>
public sealed class CandleShapeTests
{
    public static TheoryData<string> Drawn => [.. CandleShape.All.Select(static shape => shape.Pattern)];

    [Theory]
    [MemberData(nameof(Drawn))]
    public void Is_found_as_its_definition_says(string name)
    {
        var shape = CandleShape.All.Single(candidate => candidate.Pattern == name);
        var bars = shape.Shape;
        Assert.Equal(shape.Value, At(name, bars));
        Assert.Equal(0, At(name, [.. bars.SkipLast(1), CandleShape.Read(shape.Miss)]));

        // Every bar matters: a flat one in its place makes another shape.
        for (var i = 0; i < bars.Count; i++)
        {
            var other = bars.ToList();
            other[i] = CandleShape.Read("90 90");
            Assert.NotEqual((i, shape.Value), (i, At(name, other)));
        }
    }

    [Theory]
    [InlineData("3INSIDE", "3INSIDE")]
    [InlineData("3LINESTRIKE", "3LINESTRIKE")]
    [InlineData("3OUTSIDE", "3OUTSIDE")]
    [InlineData("ABANDONEDBABY", "ABANDONEDBABY")]
    [InlineData("BELTHOLD", "BELTHOLD")]
    [InlineData("BREAKAWAY", "BREAKAWAY")]
    [InlineData("CLOSINGMARUBOZU", "CLOSINGMARUBOZU")]
    [InlineData("COUNTERATTACK", "COUNTERATTACK")]
    [InlineData("DOJISTAR", "DOJISTAR")]
    [InlineData("ENGULFING", "ENGULFING")]
    [InlineData("HARAMI", "HARAMI")]
    [InlineData("HARAMICROSS", "HARAMICROSS")]
    [InlineData("HIKKAKE", "HIKKAKE")]
    [InlineData("HIKKAKEMOD", "HIKKAKEMOD")]
    [InlineData("KICKING", "KICKING")]
    [InlineData("KICKINGBYLENGTH", "KICKINGBYLENGTH")]
    [InlineData("LONGLINE", "LONGLINE")]
    [InlineData("MARUBOZU", "MARUBOZU")]
    [InlineData("RISEFALL3METHODS", "RISEFALL3METHODS")]
    [InlineData("SEPARATINGLINES", "SEPARATINGLINES")]
    [InlineData("TASUKIGAP", "TASUKIGAP")]
    [InlineData("TRISTAR", "TRISTAR")]
    [InlineData("XSIDEGAP3METHODS", "XSIDEGAP3METHODS")]
    [InlineData("MORNINGSTAR", "EVENINGSTAR")]
    [InlineData("MORNINGDOJISTAR", "EVENINGDOJISTAR")]
    public void Upside_down_points_the_other_way(string name, string mirrored)
    {
        var found = 0;
        foreach (var seed in Enumerable.Range(1, 30))
        {
            // Whole sixteenths: every sum and difference is exact, and no body is empty, as an empty one is white on both sides.
            var bars = Walk(seed, 1_000);
            var upside = Run(name, bars);
            Assert.Equal(
                upside,
                Run(mirrored, bars.ConvertAll(static bar => new BarInput(-bar.Open, -bar.Low, -bar.High, -bar.Close, 0, 0)))
                    .ConvertAll(static value => -value)
            );
            found += upside.Count(static value => value != 0);
        }

        Assert.True(found > 0 || CandlePatterns.All.Single(pattern => pattern.Name == name).Lookback > 10, $"{name} never found");
    }

    [Fact]
    public void Does_not_depend_on_the_unit_of_prices()
    {
        var bars = Walk(5, 3_000);
        foreach (var pattern in CandlePatterns.All)
        {
            Assert.Equal(
                Run(pattern.Name, bars),
                Run(
                    pattern.Name,
                    bars.ConvertAll(static bar => new BarInput(bar.Open * 1024, bar.High * 1024, bar.Low * 1024, bar.Close * 1024, 0, 0))
                )
            );
        }
    }

    [Fact]
    public void Finds_nothing_that_points_somewhere_in_bars_that_do_not_move()
    {
        var flat = Enumerable.Repeat(new BarInput(100, 100, 100, 100, 0, 0), 60).ToList();
        Assert.All(CandlePatterns.All.Where(static pattern => !pattern.IsNeutral), pattern =>
            Assert.DoesNotContain(Run(pattern.Name, flat), static value => value != 0)
        );
    }

    private static List<BarInput> Walk(int seed, int count)
    {
        var random = new Random(seed);
        var bars = new List<BarInput>();
        var close = 6_400;
        for (var i = 0; i < count; i++)
        {
            var open = close + random.Next(-6, 7);
            var body = random.Next(3) == 0 ? random.Next(1, 3) : random.Next(1, 25);
            close = random.Next(2) == 0 ? open + body : open - body;
            var (upper, lower) = (random.Next(random.Next(1, 8)), random.Next(random.Next(1, 8)));
            bars.Add(
                new BarInput(
                    open / 16.0,
                    (Math.Max(open, close) + upper) / 16.0,
                    (Math.Min(open, close) - lower) / 16.0,
                    close / 16.0,
                    0,
                    0
                )
            );
        }

        return bars;
    }

    private static int At(string name, IEnumerable<BarInput> shape) => Run(name, [.. CandleShape.Before, .. shape])[^1];

    private static List<int> Run(string name, List<BarInput> bars)
    {
        var pattern = CandlePatterns.All.Single(candidate => candidate.Name == name);
        var window = new CandleWindow();
        return bars.ConvertAll(bar =>
        {
            window.Push(bar);
            return pattern.At(window, pattern.Penetration);
        });
    }
}
