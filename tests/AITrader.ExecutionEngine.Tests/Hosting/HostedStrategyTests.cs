using AITrader.Strategies;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Options;
using AITrader.Trading.TestBench;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>A strategy gives in a replay, hosted, the orders and fills that it gives in a backtest on the same ticks.</summary>
public sealed class HostedStrategyTests
{
    [Theory]
    [InlineData("ema-cross", "Fast=3;Slow=8;BarSeconds=2", 20)]
    [InlineData("vwap-reversion", "Period=10;Entry=1.2;BarSeconds=2", 10)]
    [InlineData("opening-range", "RangeMinutes=1;CloseAfterMinutes=4", 2)]
    [InlineData("pairs", "Period=20;Entry=1.0;BarSeconds=2", 10)]
    [InlineData("forecast-driven", "Window=10;Horizon=3;EntryBps=0.5;BarSeconds=2", 10)]
    public async Task An_example_does_what_it_does_in_a_backtest(string example, string options, int atLeast)
    {
        var tape = HostedReplay.Market(seed: 7, count: 2400, "NSE:INFY", "NSE:TCS");
        await using var replay = new HostedReplay(await Bench.StartAsync(), tape, "run-a").Host("mine", $"example:{example}", options);
        var expected = replay.Expect(With(ExampleStrategies.All[example](), options), "mine");
        Assert.True(expected.Count(static line => line.StartsWith("fill", StringComparison.Ordinal)) >= atLeast, $"{expected.Count}");

        await replay.StartAsync();
        await replay.FinishAsync();

        Assert.Equal(expected, await replay.LinesAsync("mine"));
    }

    internal static Strategy With(Strategy strategy, string options)
    {
        foreach (var option in options.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Null(StrategyOptions.TrySet(strategy, option.Split('=')[0], option.Split('=')[1]));
        }

        return strategy;
    }
}
