using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.SystemSupport;
using AITrader.SystemSupport.Expectation;
using AITrader.TestSupport;

// One system at a time: two of them take each other's processors, and what is traced then is attempts that came too late.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace AITrader.EndToEnd.Tests;

/// <summary>The whole system replays a real capture; what it did is compared with a second implementation of the formulas, and with itself
/// at another speed.</summary>
public sealed class ReplayTests
{
    private static readonly string[] NotNeeded = ["frontend", "frontend-packages", "backend-alt"];
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(6);

    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_speed_gives_the_trades_that_the_formulas_give()
    {
        var capture = SharedData.Require(ExpectedRun.Capture);
        var expected = ExpectedRun.Of(capture);
        Assert.NotEmpty(expected.Trading.Trades);

        var fast = await ReplayAsync(capture, "max", expected);
        var paced = await ReplayAsync(capture, "20", expected);
        Assert.Equal(fast.Signals, paced.Signals);
        Assert.Equal(fast.Decisions, paced.Decisions);
        Assert.Equal(fast.Orders, paced.Orders);
        Assert.Equal(fast.Executions, paced.Executions);
        Assert.Equal(fast.Trades, paced.Trades);
    }

    private async Task<RunRecord> ReplayAsync(string capture, string speed, ExpectedRun expected)
    {
        await using var system = await TradingSystem.StartAsync(capture, speed, NotNeeded, _test);
        var run = await system.WaitForReplayAsync(MaxWait, _test);
        await expected.CheckAsync(system, run, _test);
        await CheckGatewayAsync(system, expected);
        await using var db = await system.OpenDatabaseAsync(_test);
        return await RunRecord.ReadAsync(db, run, _test);
    }

    private async Task CheckGatewayAsync(TradingSystem system, ExpectedRun expected)
    {
        using var stranger = system.Anonymous();
        foreach (
            var path in new[]
            {
                "/api/status",
                "/api/signals",
                "/api/v1/orders",
                "/api/v1/trades",
                "/api/v1/positions",
                $"/api/v1/decisions/{Guid.Empty}",
            }
        )
        {
            using var refused = await stranger.GetAsync(path, _test);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var client = await system.SignInAsync(_test);
        var status = await client.GetFromJsonAsync<JsonElement>("/api/status", _test);
        Assert.Equal(expected.Trading.Trades.Count, status.GetProperty("counts").GetProperty("trades").GetInt32());
        Assert.Equal(expected.Trading.Trades.Count, status.GetProperty("counts").GetProperty("fills").GetInt32());
        Assert.Equal("finished", status.GetProperty("replay").GetProperty("state").GetString());

        var trades = (await client.GetFromJsonAsync<JsonElement>("/api/v1/trades?limit=1", _test)).GetProperty("items");
        var last = expected.Trading.Trades[^1];
        Assert.Equal(last.Price, trades[0].GetProperty("price").GetDecimal());
        Assert.Equal(last.Quantity, trades[0].GetProperty("qty").GetDecimal());

        var signal = (await client.GetFromJsonAsync<JsonElement>("/api/signals?limit=1", _test)).GetProperty("items")[0];
        var decision = await client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/decisions/{signal.GetProperty("decision_id").GetString()}",
            _test
        );
        Assert.Equal(
            decision.GetProperty("score").GetDouble(),
            decision.GetProperty("factors").EnumerateArray().Sum(static f => f.GetProperty("contribution").GetDouble()),
            1e-9
        );
    }
}
