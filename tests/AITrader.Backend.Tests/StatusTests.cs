using System.Net;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Messaging;
using AITrader.Storage;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AITrader.Backend.Tests;

public sealed class StatusTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_and_account_come_from_the_books()
    {
        var status = await StatusAsync(fixture.Gateway);

        var counts = status.GetProperty("counts");
        Assert.Equal((0, 5, 1, 5, 5, 5), (Count(counts, "ticks"), Count(counts, "signals"), Count(counts, "decisions"), Count(counts, "orders"), Count(counts, "fills"), Count(counts, "trades")));
        var account = status.GetProperty("account");
        Assert.Equal("100020.5", account.GetProperty("equity").GetRawText());
        Assert.Equal("20", account.GetProperty("unrealised_pnl").GetRawText());
        Assert.Equal("ACTIVE", account.GetProperty("trading_state").GetString());
    }

    [Fact]
    public async Task Services_are_healthy_unhealthy_or_unknown()
    {
        await using var well = await ServiceAsync(200, """{"status":"degraded","checks":[{"name":"model","status":"degraded","description":"no model is installed"}]}""");
        await using var sick = await ServiceAsync(503, """{"status":"unhealthy","checks":[{"name":"redis","status":"unhealthy"}]}""");
        await using var gateway = await Gateway.StartAsync(
            fixture.Database, fixture.Redis,
            ("services:finbert-server:http:0", well.Urls.Single()),
            ("services:execution-engine:http:0", sick.Urls.Single()),
            ("services:worker:http:0", $"http://127.0.0.1:{FreePort.Find()}"));

        var status = await StatusAsync(gateway);

        var services = status.GetProperty("services").EnumerateArray().ToDictionary(
            static service => service.GetProperty("name").GetString()!,
            static service => (service.GetProperty("status").GetString(), service.GetProperty("detail").GetString()));
        Assert.Equal(("healthy", null), services["postgres"]);
        Assert.Equal(("healthy", null), services["redis"]);
        Assert.Equal(("healthy", "model: no model is installed"), services["finbert-server"]);
        Assert.Equal(("unhealthy", "redis"), services["execution-engine"]);
        Assert.Equal("unhealthy", services["worker"].Item1);
        Assert.Equal("unknown", services["mock-llm"].Item1);
        Assert.Equal("degraded", status.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Replay_shows_its_watermarks_and_speed()
    {
        await using var market = await ServiceAsync(200, """{"speed":"max"}""");
        await using var gateway = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("services:market-data:http:0", market.Urls.Single()));
        await using (var db = gateway.NewContext())
        {
            db.ReplayRuns.Add(new ReplayRunRow { Run = "capture-1", Source = "capture", Sha256 = "aa", Attempt = 1, Ticks = 1000, StartedAt = GatewayFixture.Time });
            await db.SaveChangesAsync(Ct);
        }

        var watermarks = gateway.Services.GetRequiredService<IWatermarks>();
        await watermarks.AdvanceAsync("capture-1", ReplayStages.Published, 400, Ct);
        await watermarks.AdvanceAsync("capture-1", ReplayStages.Store, 300, Ct);

        var status = await StatusAsync(gateway);

        var replay = status.GetProperty("replay");
        Assert.Equal("replay", status.GetProperty("mode").GetString());
        Assert.Equal(("capture-1", "max", "running", 400, 1000), (Text(replay, "run"), Text(replay, "speed"), Text(replay, "state"), Count(replay, "published"), Count(replay, "total")));
        Assert.Equal((400, 0, 300), (Count(replay.GetProperty("watermarks"), "published"), Count(replay.GetProperty("watermarks"), "pattern"), Count(replay.GetProperty("watermarks"), "store")));
    }

    [Fact]
    public async Task Database_that_is_away_is_a_503_without_secrets_or_stack_traces()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        await using var gateway = await Gateway.StartAsync(database, fixture.Redis);
        using var client = await gateway.ClientAsync();

        await server.StopAsync();

        foreach (var path in new[] { "/api/signals", "/api/status", "/api/v1/positions" })
        {
            using var answer = await client.GetAsync(path, Ct);
            var body = await answer.Content.ReadAsStringAsync(Ct);
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, body);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain("127.0.0.1", body);
            Assert.DoesNotContain("   at ", body);
        }

        await server.StartAgainAsync();
        using var again = await client.GetAsync("/api/signals", Ct);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private static long Count(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<JsonElement> StatusAsync(Gateway gateway)
    {
        using var client = await gateway.ClientAsync();
        using var answer = await client.GetAsync("/api/status", Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await Gateway.JsonAsync(answer);
    }

    private static async Task<WebApplication> ServiceAsync(int status, string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync(Ct);
        return app;
    }
}
