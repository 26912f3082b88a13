using AITrader.Signals.Catalogue;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns;
using AITrader.Signals.Tests.Patterns.Detectors;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>A score grows with what it measures: the same shape, drawn stronger three times, scores higher each time and stays at most
/// 1.</summary>
public sealed class ScoreTests
{
    private static readonly Dictionary<string, (double[] Strengths, Func<double, Tape> Draw, PatternParameters With)> Cases = new()
    {
        ["ema_cross"] = (
            [0.5, 1, 2],
            static by => Even(120, 0.1).Trade(99.7).Trade(99.7).Trade(100 + by),
            PatternRun.Only("ema_cross") with
            {
                EmaFast = 3,
                EmaSlow = 9,
            }
        ),
        ["vwap_deviation"] = ([0.25, 0.3, 0.35], static by => Even(400, 0.1).Trade(100 + by), PatternRun.Only("vwap_deviation")),
        ["breakout"] = ([0.2, 0.4, 1], static by => Even(202, 0.1).Trade(100 + by), PatternRun.Only("breakout")),
        ["z_score"] = ([0.31, 0.4, 0.5], static by => Even(200, 0.1).Trade(100 + by), PatternRun.Only("z_score")),
        ["imbalance_burst"] = (
            [30, 60, 120],
            static by => Quotes(120).Quote(100, 100.1, by, 1, wait: 600).Quote(100, 100.1, by, 1),
            PatternRun.Only("imbalance_burst")
        ),
        ["sweep"] = (
            [0.01, 0.02, 0.05],
            static by => Enumerable.Range(1, 5).Aggregate(new Tape().Quote(99.99, 100.01), (tape, i) => tape.Trade(100 + (i * by))),
            PatternRun.Only("sweep")
        ),
        ["absorption"] = (
            [1, 5, 20],
            static by =>
                Enumerable
                    .Range(0, 29)
                    .Aggregate(new Tape().Quote(100, 100.5), static (tape, i) => tape.Trade(i < 10 && i % 2 == 1 ? 101 : 100))
                    .Trade(100, by),
            PatternRun.Only("absorption").Set("absorption", "MeanTrades", 10).Set("absorption", "Factor", 20)
        ),
        ["spread_shock"] = ([100.61, 101, 102], static by => Quotes(500).Quote(100, by), PatternRun.Only("spread_shock")),
        ["volume_spike"] = (
            [60, 90, 200],
            static by =>
                Enumerable.Range(0, 61).Aggregate(new Tape(), static (tape, i) => tape.Trade(100 + (i % 2), 10, wait: 1)).Trade(101, by),
            PatternRun.Only("volume_spike")
        ),
        ["macd_cross"] = (
            [6, 9, 14],
            static by => Bars([.. PriceActionTests.Even(40), .. Step(100, 97), .. Step(97, 97 + by)]),
            PatternRun.Only("macd_cross")
        ),
        ["gap"] = ([0.5, 1, 2], static by => Bars([.. PriceActionTests.Even(22), .. Step(100.5 + by, 100.6 + by)]), PatternRun.Only("gap")),
        ["breakdown"] = (
            [0.01, 0.5, 2],
            static by => Bars([.. PriceActionTests.Even(22), .. Step(100, 99.5 - by)]),
            PatternRun.Only("breakdown")
        ),
        ["double_top"] = (
            [109.1, 109.5, 109.9],
            static by => Tape.Of(PriceActionTests.Path($"90 110 104 {by} 101")),
            PatternRun.Only("double_top")
        ),
        ["head_and_shoulders"] = (
            [107.2, 107.6, 108],
            static by => Tape.Of(PriceActionTests.Path($"90 108 104 112 104 {by} 100")),
            PatternRun.Only("head_and_shoulders")
        ),
        ["ascending_triangle"] = (
            [110.5, 111, 113],
            static by => Bars([.. PriceActionTests.Path("95 110 100 110 104 107.5")[..^1], .. Step(107.5, by)]),
            PatternRun.Only("ascending_triangle")
        ),
        ["symmetric_triangle"] = (
            [106, 107, 110],
            static by => Bars([.. PriceActionTests.Path("95 112 100 108 104 106")[..35], .. Step(104.75, by)]),
            PatternRun.Only("symmetric_triangle")
        ),
        ["bull_flag"] = (
            [-0.5, -0.3, -0.1],
            static by => Bars([.. PriceActionTests.Even(20), .. Legs(100, 2, 5), .. Legs(110, by, 4), .. Step(110 + (4 * by), 111)]),
            PatternRun.Only("bull_flag")
        ),
        ["range"] = (
            [1 / 5.0, 1 / 4.0, 1 / 3.0],
            static by =>
                Tape.Of(
                    PriceActionTests.Path(
                        string.Join(' ', Enumerable.Range(0, 24).Select(static i => i % 2 == 0 ? "100" : "104")),
                        (int)Math.Round(1 / by)
                    )
                ),
            PatternRun.Only("range").Set("range", "MaxHeightAtr", 20)
        ),
        ["cdl_engulfing"] = (
            [0.1, 0.5, 2],
            static by => Bars([.. PriceActionTests.Even(22), .. Step(100, 101), .. Step(101.2, 99.9 - by)]),
            PatternRun.Only("cdl_engulfing")
        ),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Grows_with_what_it_measures(string name)
    {
        var (strengths, draw, with) = Cases[name];
        var scores = strengths
            .Select(by =>
                PatternRun.Find(with.Set(name, PatternParameter.Cooldown, 0), draw(by).Ticks).FindLast(static _ => true)?.Score
                ?? double.NaN
            )
            .ToList();
        Assert.All(scores, static score => Assert.InRange(score, 0.0, 1.0));
        Assert.True(scores[0] < scores[1] && scores[1] < scores[2], string.Join(' ', scores));
    }

    /// <summary>The others are these upside down (<see cref="MirrorTests"/>), all candlesticks score alike, and of rsi_divergence each
    /// score is computed again in <see cref="OscillatorTests"/>.</summary>
    [Fact]
    public void No_pattern_is_left_out() =>
        Assert.Equal(
            ["rsi_divergence", "double_bottom", "inverse_head_and_shoulders", "descending_triangle", "bear_flag"],
            PatternCatalogue
                .BuiltIn.All.Where(static pattern => pattern.Family != PatternFamily.Candlestick)
                .Select(static pattern => pattern.Name)
                .Except(Cases.Keys)
        );

    private static Tape Even(int count, double by) =>
        Enumerable.Range(0, count).Aggregate(new Tape(), (tape, i) => tape.Trade(i % 2 == 0 ? 100 - by : 100 + by));

    private static Tape Quotes(int count) => Enumerable.Range(0, count).Aggregate(new Tape(), static (tape, _) => tape.Quote(100, 100.1));

    private static Tape Bars(List<BarInput> bars) => Tape.Of([.. bars, .. Step(bars[^1].Close, bars[^1].Close)]); // the next one closes the last

    private static List<BarInput> Step(double from, double to) => [new BarInput(from, Math.Max(from, to), Math.Min(from, to), to, 0, 0)];

    private static IEnumerable<BarInput> Legs(double from, double step, int count) =>
        Enumerable.Range(0, count).SelectMany(i => Step(from + (i * step), from + ((i + 1) * step)));
}
