using AITrader.Strategies;
using AITrader.Strategies.Documents;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Loading;
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

    [Theory]
    [InlineData("ema-cross", "Fast=3;Slow=8;BarSeconds=60", 20)]
    [InlineData("pairs", "Period=20;Entry=1.0;BarSeconds=60", 10)]
    public async Task An_example_does_on_bars_what_it_does_in_a_backtest_of_them(string example, string options, int atLeast)
    {
        using var folder = new ScratchFolder();
        var tape = HostedReplay.Bars(folder, seed: 17, count: 300, "NSE:INFY", "NSE:TCS");
        Assert.Equal(TimeSpan.FromMinutes(1), tape.BarLength);
        await using var replay = new HostedReplay(await Bench.StartAsync(), tape, "run-a").Host("mine", $"example:{example}", options);
        var expected = replay.Expect(With(ExampleStrategies.All[example](), options), "mine");
        Assert.True(expected.Count(static line => line.StartsWith("fill", StringComparison.Ordinal)) >= atLeast, $"{expected.Count}");

        await replay.StartAsync();
        await replay.FinishAsync();

        Assert.Equal(expected, await replay.LinesAsync("mine"));
    }

    [Fact]
    public async Task A_document_with_a_stop_and_a_target_does_what_it_does_in_a_backtest()
    {
        using var folder = new ScratchFolder();
        var path = folder.Write("mine.json", Document(3, 8));
        var tape = HostedReplay.Market(seed: 8, count: 2400, "NSE:INFY", "NSE:TCS");
        await using var replay = new HostedReplay(await Bench.StartAsync(), tape, "run-a").Host("doc", path);
        var expected = replay.Expect(DocumentStrategy.Load(path), "doc");
        Assert.Contains(expected, static line =>
            line.Contains(" STOP ", StringComparison.Ordinal) && line.Contains("FILLED", StringComparison.Ordinal)
        );
        Assert.Contains(expected, static line =>
            line.Contains(" LIMIT ", StringComparison.Ordinal) && line.Contains("FILLED", StringComparison.Ordinal)
        );

        await replay.StartAsync();
        await replay.FinishAsync();

        Assert.Equal(expected, await replay.LinesAsync("doc"));
    }

    [Fact]
    public async Task A_class_with_signals_timers_exits_and_cancels_does_what_it_does_in_a_backtest()
    {
        using var folder = new ScratchFolder();
        var path = SamplePlugin.Compile(folder.PathOf("Everything.dll"), SampleStrategies.Everything);
        var tape = HostedReplay.Market(seed: 9, count: 2400, "NSE:INFY", "NSE:TCS");
        await using var replay = new HostedReplay(await Bench.StartAsync(), tape, "run-a").Host("all", path);
        using var plugin = StrategyPlugin.Load(path);
        var expected = replay.Expect(plugin.Create(), "all");
        Assert.All(["CANCELLED", "BRACKET|STOP", "LIMIT"], kind =>
            Assert.Contains(expected, line => kind.Split('|').Any(one => line.Contains(one, StringComparison.Ordinal)))
        );

        await replay.StartAsync();
        await replay.FinishAsync();

        Assert.Equal(expected, await replay.LinesAsync("all"));
    }

    [Fact]
    public async Task Strategies_side_by_side_each_have_their_own_account()
    {
        var tape = HostedReplay.Market(seed: 10, count: 2400, "NSE:INFY", "NSE:TCS");
        await using var replay = new HostedReplay(await Bench.StartAsync(), tape, "run-a")
            .Host("one", "example:ema-cross", "Fast=3;Slow=8;BarSeconds=2", symbols: ["NSE:INFY"])
            .Host("two", "example:forecast-driven", "Window=10;Horizon=3;EntryBps=0.5;BarSeconds=2", symbols: ["NSE:TCS"]);
        var one = replay.Expect(With(new EmaCross(), "Fast=3;Slow=8;BarSeconds=2"), "one", replay.Of("NSE:INFY"));
        var two = replay.Expect(With(new ForecastDriven(), "Window=10;Horizon=3;EntryBps=0.5;BarSeconds=2"), "two", replay.Of("NSE:TCS"));

        await replay.StartAsync();
        await replay.FinishAsync();

        Assert.Equal(one, await replay.LinesAsync("one"));
        Assert.Equal(two, await replay.LinesAsync("two"));
    }

    [Fact]
    public async Task Decisions_and_strategies_in_one_replay_give_the_same_rows_however_it_is_published()
    {
        var once = await RowsAsync(step: 900);
        Assert.Contains(once, static line => line.Contains(" cross", StringComparison.Ordinal));
        Assert.Contains(once, static line => line.Contains(" breakout", StringComparison.Ordinal));
        Assert.Equal(once, await RowsAsync(step: 37));

        static async Task<IReadOnlyList<string>> RowsAsync(int step)
        {
            var bench = await Bench.StartAsync();
            var tape = HostedReplay.Market(seed: 17, count: 900, "NSE:INFY", "NSE:TCS");
            await using var replay = new HostedReplay(bench, tape, "run-a")
                .Host("cross", "example:ema-cross", "Fast=3;Slow=8;BarSeconds=2")
                .Host("forecast", "example:forecast-driven", "Window=10;Horizon=3;EntryBps=0.5;BarSeconds=2")
                .WithDecisions();
            await replay.StartAsync(until: 0);
            for (var from = 0; from < tape.Count; from += step)
            {
                await replay.PublishAsync(from, Math.Min(from + step, tape.Count));
            }

            await replay.FinishAsync();
            return await Support.Replay.RowsAsync(bench);
        }
    }

    internal static string Document(int fast, int slow) =>
        $$"""
            {
              "name": "mine", "bars": 2,
              "indicators": { "fast": { "ema": {{fast}} }, "slow": { "ema": {{slow}} } },
              "long": { "enter": { "crossesAbove": ["fast", "slow"] }, "exit": { "crossesBelow": ["fast", "slow"] } },
              "short": { "enter": { "crossesBelow": ["fast", "slow"] }, "exit": { "crossesAbove": ["fast", "slow"] } },
              "weight": 0.4, "stopBps": 5, "targetBps": 7
            }
            """;

    internal static Strategy With(Strategy strategy, string options)
    {
        foreach (var option in options.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Null(StrategyOptions.TrySet(strategy, option.Split('=')[0], option.Split('=')[1]));
        }

        return strategy;
    }
}
