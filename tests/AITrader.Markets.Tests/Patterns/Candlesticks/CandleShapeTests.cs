using System.Globalization;
using AITrader.Markets.Indicators;
using AITrader.Markets.Patterns.Candlesticks;

namespace AITrader.Markets.Tests.Patterns.Candlesticks;

/// <summary>The patterns that the labels never show, drawn from their definitions; each with a bar that misses one condition by a little.</summary>
public sealed class CandleShapeTests
{
    // Bars are "open close" or "open high low close"; where only the body is given, the shadows are 0.2. Before them: bodies of 1, ranges of 2.
    [Theory]
    [InlineData("2CROWS", -100, "100 103; 105 104; 104.5 102", "104.5 99")]
    [InlineData("3BLACKCROWS", -100, "100 103.5 99.8 103; 103 103.2 100.95 101; 102 102.2 99.95 100; 101 101.2 98.95 99", "101 101.2 97 99")]
    [InlineData("3LINESTRIKE", 100, "100 102; 101 103; 102 104; 105 99", "105 100.5")]
    [InlineData("3STARSINSOUTH", 100, "106 106.2 97 102; 105 105.2 98.5 102.5; 101 101.1 100.4 100.5", "101 101.1 98.4 100.5")]
    [InlineData("ABANDONEDBABY", -100, "100 104; 105 105.3 104.8 105.05; 104.5 104.6 100.8 101", "104.5 104.9 100.8 101")]
    [InlineData("BREAKAWAY", 100, "110 106; 105 104; 104.2 103.2; 103.4 102.4; 102.5 105.5", "102.5 104.9")]
    [InlineData("CONCEALBABYSWALL", 100, "110 110.05 106.95 107; 107 107.05 103.95 104; 103.5 105 102.9 103; 105.1 105.2 102.5 102.6", "104.8 104.9 102.5 102.6")]
    [InlineData("KICKING", 100, "104 104.05 99.95 100; 105 109.05 104.95 109", "104.03 108.05 103.99 108")]
    [InlineData("KICKINGBYLENGTH", -100, "107 107.05 99.95 100; 108 111.05 107.95 111", "107.03 110.05 106.99 110")]
    [InlineData("MATHOLD", 100, "100 106; 107.5 106.8; 106.5 105.6; 105.9 105.1; 105.6 108.5", "105.6 107.6")]
    [InlineData("ONNECK", -100, "104 104.2 100 101; 99 100.03", "99 100.3")]
    [InlineData("RISEFALL3METHODS", 100, "100 105; 104.5 103.9; 104 103.4; 103.5 102.9; 103.1 106", "103.1 104.9")]
    [InlineData("THRUSTING", -100, "104 104.2 100 101; 99 102", "99 102.6")]
    [InlineData("UPSIDEGAP2CROWS", -100, "100 103; 105 104.4; 105.5 104", "105.5 102.9")]
    public void Is_found_as_its_definition_says(string name, int value, string shape, string miss)
    {
        var bars = shape.Split(';').Select(Read).ToList();
        Assert.Equal(value, At(name, bars));
        Assert.Equal(0, At(name, [.. bars.SkipLast(1), Read(miss)]));

        // Every earlier bar matters too: a flat one in its place makes another shape.
        for (var i = 0; i < bars.Count; i++)
        {
            var other = bars.ToList();
            other[i] = Read("90 90");
            Assert.Equal((i, 0), (i, At(name, other)));
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
            Assert.Equal(upside, Run(mirrored, bars.ConvertAll(static bar => new Bar(-bar.Open, -bar.Low, -bar.High, -bar.Close, 0, 0))).ConvertAll(static value => -value));
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
            Assert.Equal(Run(pattern.Name, bars), Run(pattern.Name, bars.ConvertAll(static bar => new Bar(bar.Open * 1024, bar.High * 1024, bar.Low * 1024, bar.Close * 1024, 0, 0))));
        }
    }

    [Fact]
    public void Finds_nothing_that_points_somewhere_in_bars_that_do_not_move()
    {
        var flat = Enumerable.Repeat(new Bar(100, 100, 100, 100, 0, 0), 60).ToList();
        Assert.All(CandlePatterns.All.Where(static pattern => !pattern.IsNeutral), pattern => Assert.DoesNotContain(Run(pattern.Name, flat), static value => value != 0));
    }

    private static List<Bar> Walk(int seed, int count)
    {
        var random = new Random(seed);
        var bars = new List<Bar>();
        var close = 6_400;
        for (var i = 0; i < count; i++)
        {
            var open = close + random.Next(-6, 7);
            var body = random.Next(3) == 0 ? random.Next(1, 3) : random.Next(1, 25);
            close = random.Next(2) == 0 ? open + body : open - body;
            var (upper, lower) = (random.Next(random.Next(1, 8)), random.Next(random.Next(1, 8)));
            bars.Add(new Bar(open / 16.0, (Math.Max(open, close) + upper) / 16.0, (Math.Min(open, close) - lower) / 16.0, close / 16.0, 0, 0));
        }

        return bars;
    }

    private static int At(string name, IEnumerable<Bar> shape)
    {
        var before = Enumerable.Range(0, 12).Select(static i => i % 2 == 0 ? new Bar(100, 101.5, 99.5, 101, 0, 0) : new Bar(101, 101.5, 99.5, 100, 0, 0));
        return Run(name, [.. before, .. shape])[^1];
    }

    private static List<int> Run(string name, List<Bar> bars)
    {
        var pattern = CandlePatterns.All.Single(candidate => candidate.Name == name);
        var window = new CandleWindow();
        return bars.ConvertAll(bar =>
        {
            window.Push(bar);
            return pattern.At(window, pattern.Penetration);
        });
    }

    private static Bar Read(string text)
    {
        var n = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return n.Length == 4
            ? new Bar(n[0], n[1], n[2], n[3], 0, 0)
            : new Bar(n[0], Math.Max(n[0], n[1]) + 0.2, Math.Min(n[0], n[1]) - 0.2, n[1], 0, 0);
    }
}
