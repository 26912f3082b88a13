using AITrader.Trading.Statistics;

namespace AITrader.Trading.Tests.Statistics;

public sealed class TailRiskTests
{
    // -10 % to 10 % in steps of 1 %: 21 returns.
    private static readonly double[] Ladder = [.. Enumerable.Range(-10, 21).Select(static step => step / 100.0).Reverse()];

    [Theory]
    [InlineData(0.95, -0.09, -0.095)] // place 1 of 0..20; the worst two
    [InlineData(0.99, -0.098, -0.10)] // place 0.2, between the worst two; the worst one
    public void Reads_the_tail_of_a_ladder(double confidence, double value, double conditional)
    {
        Assert.Equal(value, TailRisk.ValueAtRisk(Ladder, confidence)!.Value, 1e-12);
        Assert.Equal(conditional, TailRisk.ConditionalValueAtRisk(Ladder, confidence)!.Value, 1e-12);
    }

    [Fact]
    public void Of_no_returns_there_is_none()
    {
        Assert.Null(TailRisk.ValueAtRisk([], 0.95));
        Assert.Null(TailRisk.ConditionalValueAtRisk([], 0.95));
    }

    [Fact]
    public void A_farther_tail_is_no_better_and_its_mean_no_better_than_its_edge() => Property.Holds(Samples.Returns, static returns =>
        {
            Assert.True(TailRisk.ValueAtRisk(returns, 0.99) <= TailRisk.ValueAtRisk(returns, 0.95));
            Assert.True(TailRisk.ConditionalValueAtRisk(returns, 0.95) <= TailRisk.ValueAtRisk(returns, 0.95) + 1e-12);
            Assert.True(TailRisk.ConditionalValueAtRisk(returns, 0.99) <= TailRisk.ValueAtRisk(returns, 0.99) + 1e-12);
        });
}
