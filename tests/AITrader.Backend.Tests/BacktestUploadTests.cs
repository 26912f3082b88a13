using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AITrader.Storage.Model;
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
        var job = await JobOfAsync(db, Run);
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
    public async Task Orders_and_signals_of_a_stored_backtest_are_shown_and_exported()
    {
        const string Own = "backtest-11111111111111111111111111111111";
        var body = Backtest();
        body["run"] = Own;
        body["orders"] = new JsonArray(Order(1, "FILLED", "100"), Order(2, "EXPIRED", "null"), Order(3, "DENIED", "-1"));
        body["signals"] = JsonNode.Parse(
            """[{"id":"20000000-0000-0000-0000-000000000001","timestamp":"2024-08-08T12:00:00Z","symbol":"S","pattern":"breakout","direction":"BEARISH","score":0.25,"price":100.5,"tick_id":"t-1","seq":7}]"""
        );
        using var answer = await fixture.Client.PostAsJsonAsync("/api/v1/runs/backtests", body, Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Ct));
        await using var db = fixture.Gateway.NewContext();
        var job = await JobOfAsync(db, Own);
        Assert.True(await fixture.Backtests.StoreAsync(StoredBacktest.FromJson(job.Payload), job.CreatedAt, Ct));

        using var orders = await fixture.Client.GetAsync($"/api/v1/orders?run={Own}", Ct);
        Assert.Equal(
            ["DENIED", "EXPIRED", "FILLED"],
            (await Gateway.JsonAsync(orders))
                .GetProperty("items")
                .EnumerateArray()
                .Select(static order => order.GetProperty("status").GetString())
        );
        using var signals = await fixture.Client.GetAsync($"/api/signals?run={Own}", Ct);
        Assert.Equal(
            "breakout",
            (await Gateway.JsonAsync(signals)).GetProperty("items").EnumerateArray().Single().GetProperty("pattern").GetString()
        );
        Assert.Equal(
            [
                "id,timestamp,symbol,side,type,tif,qty,price,status,filled_qty,average_price,reference_price,strategy_tag,reason,seq",
                "10000000-0000-0000-0000-000000000001,2024-08-08T12:00:01.000000Z,S,BUY,LIMIT,DAY,1,100,FILLED,1,100,,mine,,7",
                "10000000-0000-0000-0000-000000000002,2024-08-08T12:00:02.000000Z,S,BUY,MARKET,DAY,1,,EXPIRED,0,,,mine,,7",
                "10000000-0000-0000-0000-000000000003,2024-08-08T12:00:03.000000Z,S,BUY,LIMIT,DAY,1,-1,DENIED,0,,,mine,,7",
            ],
            await CsvAsync($"/api/v1/runs/{Own}/export/orders")
        );
        Assert.Equal(2, (await CsvAsync($"/api/v1/runs/{Own}/export/signals")).Length);
        using var parquet = await fixture.Client.GetAsync($"/api/v1/runs/{Own}/export/orders?format=parquet", Ct);
        Assert.Equal("PAR1"u8.ToArray(), (await parquet.Content.ReadAsByteArrayAsync(Ct))[..4]);
    }

    [Theory]
    [InlineData("orders", "FILLED", "WORKING")]
    [InlineData("orders", "FILLED", "ACCEPTED")]
    [InlineData("orders", "BUY", "HOLD")]
    [InlineData("signals", "BULLISH", "SIDEWAYS")]
    public async Task An_order_or_signal_that_cannot_be_stored_is_refused(string field, string good, string bad)
    {
        var body = Backtest();
        body["run"] = "backtest-22222222222222222222222222222222";
        body[field] =
            field == "orders"
                ? new JsonArray(Order(9, "FILLED", "100"))
                : JsonNode.Parse(
                    """[{"id":"20000000-0000-0000-0000-000000000009","timestamp":"2024-08-08T12:00:00Z","symbol":"S","pattern":"x","direction":"BULLISH","score":1,"price":1,"tick_id":"t","seq":1}]"""
                );
        using var accepted = await fixture.Client.PostAsJsonAsync("/api/v1/runs/backtests", body, Ct);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        body[field] = JsonNode.Parse(body[field]!.ToJsonString().Replace($"\"{good}\"", $"\"{bad}\"", StringComparison.Ordinal));

        using var answer = await fixture.Client.PostAsJsonAsync("/api/v1/runs/backtests", body, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("has no", (await Gateway.JsonAsync(answer)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_too_large_is_refused_with_what_to_do()
    {
        var body = Backtest();
        body["source"] = new string('x', 17 * 1024 * 1024);

        using var answer = await fixture.Client.PostAsJsonAsync("/api/v1/runs/backtests", body, Ct);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var problem = await Gateway.JsonAsync(answer);
        Assert.Equal("urn:aitrader:backend:body-too-large", problem.GetProperty("type").GetString());
        Assert.Equal(
            "The body is larger than this request takes, which has 16777216 bytes at most. Backtest a shorter range with --from and --to, or keep the report of the command.",
            problem.GetProperty("detail").GetString()
        );
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"run\":7}")]
    public async Task Garbage_is_refused(string text)
    {
        using var content = new StringContent(text, System.Text.Encoding.UTF8, "application/json");

        using var answer = await fixture.Client.PostAsync("/api/v1/runs/backtests", content, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_viewer_stores_none()
    {
        using var viewer = fixture.Gateway.ClientOf("viewer");
        using var refused = await viewer.PostAsJsonAsync("/api/v1/runs/backtests", Backtest(), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static Task<JobRow> JobOfAsync(AITraderDbContext db, string run) =>
        db.Jobs.SingleAsync(
            row => row.Type == StoredBacktest.JobType && EF.Functions.JsonContains(row.Payload, $"{{\"run\":\"{run}\"}}"),
            Ct
        );

    private async Task<string[]> CsvAsync(string path)
    {
        using var answer = await fixture.Client.GetAsync(path, Ct);
        await using var unpacked = new System.IO.Compression.GZipStream(
            await answer.Content.ReadAsStreamAsync(Ct),
            System.IO.Compression.CompressionMode.Decompress
        );
        using var reader = new StreamReader(unpacked);
        return (await reader.ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static JsonNode Order(int number, string status, string price) =>
        JsonNode.Parse(
            $$"""
            {"id":"10000000-0000-0000-0000-00000000000{{number}}","timestamp":"2024-08-08T12:00:0{{number}}Z","symbol":"S","side":"BUY",
             "type":"{{(price == "null" ? "MARKET" : "LIMIT")}}","tif":"DAY","qty":1,"price":{{price}},"status":"{{status}}","reason":"",
             "filled_qty":{{(status == "FILLED" ? 1 : 0)}},"average_price":{{(
                status == "FILLED" ? "100" : "null"
            )}},"reference_price":null,"tag":"mine","seq":7}
            """
        )!;

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
