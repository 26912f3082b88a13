using AITrader.Trading.Statistics;

namespace AITrader.Trading.Tests.Statistics;

public sealed class DrawdownTests
{
    [Fact]
    public void Knows_depth_length_and_recovery()
    {
        var found = Drawdowns.Of(100m, Samples.Curve(100m, 120m, 90m, 96m, 120m, 130m, 117m));
        Assert.Equal(2, found.All.Count);
        var deepest = found.Deepest!;
        Assert.Equal(-0.25m, deepest.Depth);
        Assert.Equal(-30m, deepest.Loss);
        Assert.Equal(TimeSpan.FromDays(3), deepest.Length);
        Assert.Equal(TimeSpan.FromDays(2), deepest.Recovery);
        Assert.Equal(-0.1m, found.All[1].Depth);
        Assert.Null(found.All[1].Recovery);
        Assert.Equal(TimeSpan.FromDays(1), found.All[1].Length);
        Assert.Same(deepest, found.Longest);
    }

    [Fact]
    public void The_initial_equity_is_the_first_peak() => Assert.Equal(-0.2m, Drawdowns.Of(100m, Samples.Curve(80m, 90m)).MaxDepth);

    [Fact]
    public void An_equity_that_never_fell_has_none()
    {
        var found = Drawdowns.Of(100m, Samples.Curve(100m, 100m, 101m));
        Assert.Empty(found.All);
        Assert.Null(found.Deepest);
        Assert.Equal(0m, found.MaxDepth);
        Assert.Null(RiskAdjustedStatistics.Calmar(0.1, (double)found.MaxDepth));
    }

    [Fact]
    public void More_than_everything_can_be_lost() => Assert.Equal(-1.5m, Drawdowns.Of(100m, Samples.Curve(-50m)).MaxDepth);

    [Fact]
    public void The_deepest_one_is_the_worst_of_all_pairs() => Property.Holds(Samples.AnyCurves, static curve =>
        {
            var values = curve.Select(static point => point.Equity).Prepend(100m).ToList();
            var worst = 0m;
            for (var i = 0; i < values.Count; i++)
            {
                for (var j = i; j < values.Count; j++)
                {
                    worst = values[i] > 0m ? Math.Min(worst, (values[j] / values[i]) - 1m) : worst;
                }
            }

            // A pair that starts below the peak before it can be no deeper, unless it ends below zero.
            var found = Drawdowns.Of(100m, curve);
            if (values.TrueForAll(static value => value > 0m))
            {
                Assert.Equal(worst, found.MaxDepth);
            }

            Assert.All(found.All, static drawdown => Assert.True(drawdown.Depth < 0m && drawdown.Length >= TimeSpan.Zero));
            Assert.All(found.All.SkipLast(1), static drawdown => Assert.NotNull(drawdown.Recovery));
        });
}
