using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AITrader.Backend.Tests;

/// <summary>Hosted strategies through the gateway; the strategy engine is played by a server that remembers what it was sent.</summary>
public sealed class StrategyApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Report = """
        {"name":"mine","source":"mine.json","state":"running","reason":null,"version":"0a1b","run":"","is_exact":true,"event_time":"2024-08-08T23:54:20Z",
         "capital":100000,"budget":50000,"equity":100250.5,"realised":260.5,"fees":10,"orders":4,"working":1,"positions":[{"symbol":"NSE:INFY","quantity":6,"average_price":1500.05}],"is_well":true}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_who_is_signed_in_sees_them()
    {
        await using var engine = await EngineAsync();
        await using var gateway = await StartAsync(engine);
        using var viewer = gateway.ClientOf("viewer");

        var item = (await viewer.GetFromJsonAsync<JsonElement>("/api/v1/strategies", Ct)).GetProperty("items")[0];

        Assert.Equal(
            ("mine", "running", 100250.5m, 1500.05m),
            (
                item.GetProperty("name").GetString(),
                item.GetProperty("state").GetString(),
                item.GetProperty("equity").GetDecimal(),
                item.GetProperty("positions")[0].GetProperty("average_price").GetDecimal()
            )
        );
        using var stranger = await gateway.Anonymous.GetAsync("/api/v1/strategies", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task A_trader_reloads_one_and_that_is_written_down_first()
    {
        await using var engine = await EngineAsync();
        await using var gateway = await StartAsync(engine);
        using (var viewer = gateway.ClientOf("viewer"))
        {
            using var refused = await viewer.PostAsync("/api/v1/strategies/mine/reload", null, Ct);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Empty(engine.Requests);
        using var client = await gateway.ClientAsync();
        using var answer = await client.PostAsync("/api/v1/strategies/mine/reload", null, Ct);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("/strategies/mine/reload", Assert.Single(engine.Requests));
        await using var db = gateway.NewContext();
        Assert.True(await db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.reload" && row.EntityId == "mine", Ct));
    }

    [Fact]
    public async Task Refusals_of_the_engine_are_passed_on()
    {
        const string Refusal =
            """{"type":"urn:aitrader:strategy-engine:unknown-strategy","status":404,"detail":"There is no hosted strategy mine"}""";
        await using var engine = await EngineAsync(404, Refusal);
        await using var gateway = await StartAsync(engine);
        using var client = await gateway.ClientAsync();

        using var answer = await client.PostAsync("/api/v1/strategies/mine/reload", null, Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("no hosted strategy", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_named()
    {
        using var client = await fixture.Gateway.ClientAsync();

        using var answer = await client.GetAsync("/api/v1/strategies", Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("strategy-engine-away", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private async Task<Gateway> StartAsync(Engine engine)
    {
        var database = await (await PostgresServer.SharedAsync()).CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        return await Gateway.StartAsync(database, fixture.Redis, ("services:strategy-engine:http:0", engine.App.Urls.Single()));
    }

    private static async Task<Engine> EngineAsync(int status = 202, string answer = Report)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var requests = new ConcurrentQueue<string>();
        app.Run(async context =>
        {
            var isPost = context.Request.Method == "POST";
            if (isPost)
            {
                requests.Enqueue(context.Request.Path);
            }

            context.Response.StatusCode = isPost ? status : 200;
            context.Response.ContentType = status < 300 ? "application/json" : "application/problem+json";
            await context.Response.WriteAsync(
                !context.Request.Path.StartsWithSegments("/strategies") ? """{"status":"healthy","checks":[]}"""
                : isPost ? answer
                : $"[{answer}]"
            );
        });
        await app.StartAsync(Ct);
        return new Engine(app, requests);
    }

    private sealed record Engine(WebApplication App, ConcurrentQueue<string> Requests) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
