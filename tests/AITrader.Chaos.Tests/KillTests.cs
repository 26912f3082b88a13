using AITrader.SystemSupport;
using AITrader.SystemSupport.Expectation;
using AITrader.TestSupport;

namespace AITrader.Chaos.Tests;

/// <summary>Every service is killed once (SIGKILL) while a capture is replayed, and comes back by itself; afterwards nothing is lost and
/// nothing is there twice.</summary>
public sealed class KillTests
{
    private static readonly string[] NotNeeded = ["frontend", "frontend-packages", "backend-alt"];

    // Those in the path of a tick first, while there are the most ticks to come.
    private static readonly string[] Victims =
    [
        "pattern-engine",
        "strategy-engine",
        "execution-engine",
        "market-data",
        "onnx-runner",
        "tensorrt-runner",
        "worker",
        "backend",
        "sentiment-engine",
        "finbert-server",
        "mock-mcp",
    ];

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(8);

    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    // Slow enough that every victim dies while ticks flow: the capture lasts 345 s.
    [Fact]
    public Task Killing_each_service_once_changes_no_row() => KillAsync(Victims, speed: "2");

    [Fact]
    public Task Killing_the_bus_and_the_database_changes_no_row() => KillAsync(["redis", "postgres", "redis"], speed: "4");

    private async Task KillAsync(string[] victims, string speed)
    {
        var capture = SharedData.Require(ExpectedRun.Capture);
        var expected = ExpectedRun.Of(capture);
        await using var system = await TradingSystem.StartAsync(capture, speed, NotNeeded, _test);
        foreach (var victim in victims)
        {
            await WaitForProgressAsync(system);
            await system.KillAsync(victim, _test);
        }

        Assert.True(await system.PublishedAsync(_test) < expected.Ticks.Count, "the replay was over before the last service was killed");
        var run = await system.WaitForReplayAsync(MaxWait, _test);
        await expected.CheckAsync(system, run, _test);
        foreach (var (victim, kills) in victims.CountBy(static victim => victim))
        {
            Assert.Equal(kills, await system.RestartsAsync(victim, _test));
        }
    }

    // A victim's death counts only while the system moves.
    private async Task WaitForProgressAsync(TradingSystem system)
    {
        var before = await system.PublishedAsync(_test);
        while (await system.PublishedAsync(_test) < before + 500)
        {
            await Task.Delay(100, _test);
        }
    }
}
