using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Tests;

/// <summary>The gateway takes backtests, and the worker stores them.</summary>
public sealed class BacktestUploadTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Run = "backtest-0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backtest_becomes_a_job_of_the_worker_and_then_a_run()
    {
        using var trader = fixture.Gateway.ClientOf("trader");
        using var answer = await trader.PostAsJsonAsync("/api/v1/runs/backtests", Backtest(), Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await using var db = fixture.Gateway.NewContext();
        var job = await db.Jobs.SingleAsync(static row => row.Type == StoredBacktest.JobType, Ct);
        Assert.Equal(JobStatuses.Queued, job.Status);
        Assert.Single(await db.AuditEvents.Where(static row => row.EventType == "run.store_asked" && row.EntityId == Run).ToListAsync(Ct));

        // What the worker does with it, under its own rights.
        Assert.True(await fixture.Backtests.StoreAsync(StoredBacktest.FromJson(job.Payload), job.CreatedAt, Ct));
        using var read = await trader.GetAsync($"/api/v1/runs/{Run}", Ct);
        var run = await Gateway.JsonAsync(read);
        Assert.Equal(
            ("backtest", "finished", 1),
            (
                run.GetProperty("run").GetProperty("kind").GetString(),
                run.GetProperty("run").GetProperty("state").GetString(),
                run.GetProperty("run").GetProperty("fills").GetInt32()
            )
        );
        // Cash 899 of 1,000 and a position worth 105.25: the fee of 1 and 5.25 not yet realised.
        Assert.Equal("1004.25", run.GetProperty("account").GetProperty("equity").GetRawText());
        Assert.Equal("5.25", run.GetProperty("account").GetProperty("unrealised_pnl").GetRawText());
        Assert.Equal("1.5", run.GetProperty("statistics").GetProperty("sharpe").GetRawText());
        Assert.Equal("7", run.GetProperty("setup").GetProperty("seed").GetRawText());
    }

    [Theory]
    [InlineData("run", "\"live\"")]
    [InlineData("run", "\"backtest-xyz\"")]
    [InlineData("sha256", "\"abc\"")]
    [InlineData("currency", "\"\"")]
    [InlineData("initial_cash", "0")]
    [InlineData("setup", "[]")]
    [InlineData("statistics", "{\"sharpe\":\"high\"}")]
    [InlineData("equity", "[]")]
    [InlineData(
        "fills",
        """[{"timestamp":"2024-08-08T12:00:00Z","symbol":"S","side":"HOLD","qty":1,"price":1,"fees":0,"pnl":0,"strategy_tag":"x"}]"""
    )]
    [InlineData(
        "fills",
        """[{"timestamp":"2024-08-08T12:00:00Z","symbol":"S","side":"BUY","qty":0.123456789,"price":1,"fees":0,"pnl":0,"strategy_tag":"x"}]"""
    )]
    public async Task One_that_cannot_be_stored_is_refused(string field, string value)
    {
        var body = Backtest();
        body["run"] = "backtest-ffffffffffffffffffffffffffffffff";
        body[field] = JsonNode.Parse(value);

        using var answer = await fixture.Client.PostAsJsonAsync("/api/v1/runs/backtests", body, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("urn:aitrader:backend:bad-backtest", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
        await using var db = fixture.Gateway.NewContext();
        Assert.False(await db.AuditEvents.AnyAsync(static row => row.EntityId == "backtest-ffffffffffffffffffffffffffffffff", Ct));
    }

    [Fact]
    public async Task A_viewer_stores_none()
    {
        using var viewer = fixture.Gateway.ClientOf("viewer");
        using var refused = await viewer.PostAsJsonAsync("/api/v1/runs/backtests", Backtest(), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static JsonObject Backtest() =>
        JsonNode
            .Parse(
                $$"""
                {"run":"{{Run}}","source":"ticks.csv","sha256":"{{new string('a', 64)}}","currency":"USDT",
                 "initial_cash":1000,"cash":899,"realised_pnl":0,"fees":1,
                 "setup":{"seed":7},"statistics":{"final_equity":1004.25,"sharpe":1.5},
                 "equity":[{"timestamp":"2024-08-08T12:00:00Z","equity":1004.25,"cash":899,"gross_exposure":105.25}],
                 "fills":[{"timestamp":"2024-08-08T12:00:00Z","symbol":"S","side":"BUY","qty":1,"price":100,"fees":1,"pnl":0,"strategy_tag":"mine"}]}
                """
            )!
            .AsObject();
}
