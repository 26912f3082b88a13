using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Indicators;

public sealed class NaiveIndicatorTests
{
    public static TheoryData<string> Names => [.. NaiveIndicators.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_a_computation_from_all_bars(string name)
    {
        var (warmUp, create) = IndicatorCases.All[name];
        var bars = BarSamples.Walk(11, 320);
        var actual = create().Run(bars);
        for (var count = warmUp; count <= bars.Count; count++)
        {
            var expected = NaiveIndicators.All[name](bars[..count]);
            Assert.Equal(expected.Length, actual[count - 1].Length);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(
                    Math.Abs(expected[i] - actual[count - 1][i]) < 1e-8,
                    $"bar {count}, output {i}: {expected[i]:R} expected, {actual[count - 1][i]:R} read"
                );
            }
        }
    }

    [Theory]
    [InlineData("SuperTrend")]
    [InlineData("ParabolicSar")]
    public void Changes_sides_several_times_in_the_sample(string name)
    {
        var sides = IndicatorCases.All[name].Feed().Run(BarSamples.Walk(11, 320)).ConvertAll(static outputs => outputs[1]);
        Assert.True(sides.Zip(sides.Skip(1)).Count(static pair => pair.First != pair.Second) > 5, "the sample must turn");
    }

    [Theory]
    [InlineData("Cci", 0, 0.0)]
    [InlineData("Mfi", 0, 50.0)]
    [InlineData("WilliamsR", 0, -50.0)]
    [InlineData("Stochastic", 2, 50.0)]
    [InlineData("StochasticRsi", 2, 50.0)]
    [InlineData("BollingerBands", 4, 0.5)]
    [InlineData("RollingMoments", 4, 0.0)]
    [InlineData("ChaikinMoneyFlow", 0, 0.0)]
    [InlineData("RollingVwap", 0, 0.1)]
    [InlineData("Roc", 0, 0.0)]
    public void Reads_neutral_where_nothing_moves_and_nothing_trades(string name, int output, double expected)
    {
        var flat = Enumerable.Repeat(new BarInput(0.1, 0.1, 0.1, 0.1, 0.0, 0), 40);
        Assert.Equal(expected, IndicatorCases.All[name].Feed().Run([.. BarSamples.Walk(12, 50), .. flat])[^1][output]);
    }

    [Fact]
    public void Refuses_a_period_without_a_bar()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Sma(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DonchianChannel(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Roc(-1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Adx(1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Atr(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new KeltnerChannel(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Macd(12, 26, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new StochasticRsi(0));
    }
}
