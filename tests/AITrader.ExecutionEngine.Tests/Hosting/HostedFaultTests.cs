using AITrader.Contracts;
using AITrader.Contracts.Strategies;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Loading;
using AITrader.TestSupport;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>What a bad strategy, a crash and a change of code do, and what they do not.</summary>
public sealed class HostedFaultTests
{
    private const string Options = "Fast=3;Slow=8;BarSeconds=2";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_fails_is_stopped_and_the_others_go_on()
    {
        using var folder = new ScratchFolder();
        var bench = await Bench.StartAsync();
        await using var replay = new HostedReplay(bench, HostedReplay.Market(11, 1200, "NSE:INFY", "NSE:TCS"), "run-a")
            .Host("absent", folder.PathOf("absent.json"))
            .Host("failing", SamplePlugin.Compile(folder.PathOf("Failing.dll"), SampleStrategies.Failing))
            .Host("good", "example:ema-cross", Options);
        var expected = replay.Expect(HostedStrategyTests.With(new EmaCross(), Options), "good");
        Assert.NotEmpty(expected);

        await replay.StartAsync();
        await replay.FinishAsync();

        Assert.Equal(expected, await replay.LinesAsync("good"));
        var order = Assert.Single(await replay.LinesAsync("failing"));
        Assert.Contains("CANCELLED", order, StringComparison.Ordinal);
        Assert.Equal(
            [StrategyStates.NotLoaded, StrategyStates.Stopped, StrategyStates.Running],
            replay.Reports.Select(static one => one.State)
        );
        Assert.Contains("a fault of mine", replay.Reports[1].Reason, StringComparison.Ordinal);
        await using var db = bench.NewContext();
        var stopped = await db.AuditEvents.SingleAsync(static row => row.EventType == "strategy.stopped", Ct);
        Assert.Contains("a fault of mine", stopped.Changes, StringComparison.Ordinal);

        var health = await replay
            .Strategies.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(static check => check.Name == "strategies", Ct);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("absent.json", health.Entries["strategies"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_returns_is_given_up_and_what_it_asks_for_then_is_not_heard()
    {
        using var folder = new ScratchFolder();
        var bench = await Bench.StartAsync();
        await using var replay = new HostedReplay(bench, HostedReplay.Market(11, 1200, "NSE:INFY", "NSE:TCS"), "run-a")
            .Host("endless", SamplePlugin.Compile(folder.PathOf("Endless.dll"), SampleStrategies.Endless))
            .Host("good", "example:ema-cross", Options)
            .Set("Strategies:HandlerTimeout", "00:00:00.3");
        var expected = replay.Expect(HostedStrategyTests.With(new EmaCross(), Options), "good");
        Assert.NotEmpty(expected);

        await replay.StartAsync();
        await replay.FinishAsync();

        Assert.Equal(expected, await replay.LinesAsync("good"));
        var order = Assert.Single(await replay.LinesAsync("endless"));
        Assert.Contains("CANCELLED", order, StringComparison.Ordinal);
        Assert.Equal([StrategyStates.Stopped, StrategyStates.Running], replay.Reports.Select(static one => one.State));
        Assert.Contains("did not return within 0.3 s", replay.Reports[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_beyond_the_budget_is_denied_and_told()
    {
        using var folder = new ScratchFolder();
        var bench = await Bench.StartAsync();
        await using var replay = new HostedReplay(bench, HostedReplay.Market(12, 200, "NSE:INFY"), "run-a").Host(
            "greedy",
            SamplePlugin.Compile(folder.PathOf("Greedy.dll"), SampleStrategies.Greedy),
            budget: 10_000m
        );

        await replay.StartAsync();
        await replay.FinishAsync();

        var lines = await replay.LinesAsync("greedy");
        Assert.Contains(
            " Buy MARKET 6  FILLED 6 ",
            Assert.Single(lines, static line => line.StartsWith("order", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        await using var db = bench.NewContext();
        var denied = await db.AuditEvents.SingleAsync(static row => row.EventType == "strategy.denied", Ct);
        Assert.Contains("STRATEGY_BUDGET_EXCEEDED", denied.Changes, StringComparison.Ordinal);
        Assert.Equal(6m, Assert.Single(replay.Reports[0].Positions).Quantity);
    }

    [Fact]
    public async Task Killing_the_engine_in_the_middle_changes_nothing()
    {
        using var folder = new ScratchFolder();
        var path = SamplePlugin.Compile(folder.PathOf("Everything.dll"), SampleStrategies.Everything);
        var tape = HostedReplay.Market(13, 1600, "NSE:INFY", "NSE:TCS");
        await using var replay = new HostedReplay(await Bench.StartAsync(), tape, "run-a")
            .Host("all", path)
            .Host("cross", "example:ema-cross", Options, symbols: ["NSE:TCS"]);
        using var plugin = StrategyPlugin.Load(path);
        var all = replay.Expect(plugin.Create(), "all");
        var cross = replay.Expect(HostedStrategyTests.With(new EmaCross(), Options), "cross", replay.Of("NSE:TCS"));

        await replay.StartAsync(startStrategies: false);
        foreach (var until in new[] { 300, 700, 1100, tape.Count })
        {
            await using var engine = await ServiceProcess.StartAsync("AITrader.StrategyEngine", replay.ProcessSettings());
            await replay.WaitAsync(ReplayStages.Execution, until);
            if (until == tape.Count)
            {
                await replay.FinishAsync();
            }

            await engine.KillAsync();
        }

        Assert.Equal(all, await replay.LinesAsync("all"));
        Assert.Equal(cross, await replay.LinesAsync("cross"));
    }

    [Fact]
    public async Task A_changed_assembly_takes_over_between_two_ticks_with_warm_indicators()
    {
        const int Half = 1200;
        using var folder = new ScratchFolder();
        var path = SamplePlugin.Compile(folder.PathOf("Averages.dll"), SampleStrategies.Averages(trades: false));
        var tape = HostedReplay.Market(14, 2400, "NSE:INFY");
        await using var replay = new HostedReplay(await Bench.StartAsync(), tape, "run-a").Host("mine", path);
        await replay.StartAsync(until: Half);
        await replay.WaitAsync(ReplayStages.Execution, Half - 1);
        await Bench.UntilAsync(() => Task.FromResult(replay.Reports[0].State == StrategyStates.Running), "it runs");
        var before = replay.Reports[0].Version;

        SamplePlugin.Compile(path, SampleStrategies.Averages(trades: true));
        await Bench.UntilAsync(() => Task.FromResult(replay.Reports[0].Version != before), "the new version has taken over");
        await replay.PublishAsync(Half, tape.Count);
        await replay.FinishAsync();

        // What the new version does by itself, from the first entry on after it took over.
        using var plugin = StrategyPlugin.Load(path);
        var since = Domain.Time.EventTime.FromMicros(tape.Ticks[Half - 1].TimeMicros);
        var alone = replay
            .Expect(plugin.Create(), "mine")
            .Where(static line => line.StartsWith("fill", StringComparison.Ordinal))
            .Where(line => DateTimeOffset.Parse(line.Split(' ')[1], null) > since)
            .SkipWhile(static line => line.Contains("Sell", StringComparison.Ordinal))
            .ToList();
        Assert.True(alone.Count >= 6, $"{alone.Count}");
        Assert.Equal(alone, (await replay.LinesAsync("mine")).Where(static line => line.StartsWith("fill", StringComparison.Ordinal)));
        Assert.False(replay.Reports[0].IsExact);
    }

    [Fact]
    public async Task The_watermark_stays_one_tick_behind_until_it_is_known_that_none_follows()
    {
        var bench = await Bench.StartAsync();
        await using var replay = new HostedReplay(bench, HostedReplay.Market(16, 400, "NSE:INFY"), "run-a").Host(
            "good",
            "example:ema-cross",
            Options
        );
        await replay.StartAsync(until: 200);
        await replay.WaitAsync(ReplayStages.Execution, 200);
        await Task.Delay(TimeSpan.FromMilliseconds(300), Ct);
        Assert.Equal(199, await bench.Watermarks.GetAsync("run-a", ReplayStages.Strategy, Ct));

        await bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Ended, 200, Ct);
        await replay.WaitAsync(ReplayStages.Strategy, 200);
    }

    [Fact]
    public async Task A_version_that_does_not_load_leaves_the_old_one_running()
    {
        using var folder = new ScratchFolder();
        var path = folder.Write("mine.json", HostedStrategyTests.Document(3, 8));
        var tape = HostedReplay.Market(15, 800, "NSE:INFY");
        await using var replay = new HostedReplay(await Bench.StartAsync(), tape, "run-a").Host("doc", path);
        var expected = replay.Expect(Strategies.Documents.DocumentStrategy.Load(path), "doc");
        await replay.StartAsync(until: 400);
        await replay.WaitAsync(ReplayStages.Execution, 399);

        folder.Write("mine.json", "{ \"name\": \"mine\", ");
        await Bench.UntilAsync(() => Task.FromResult(replay.Reports[0].Reason is { Length: > 0 }), "the fault is told");
        Assert.Equal(StrategyStates.Running, replay.Reports[0].State);
        Assert.Contains("mine.json", replay.Reports[0].Reason, StringComparison.Ordinal);
        await replay.PublishAsync(400, tape.Count);
        await replay.FinishAsync();

        Assert.Equal(expected, await replay.LinesAsync("doc"));
    }
}
