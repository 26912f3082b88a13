using System.Net;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Messaging;
using AITrader.ServiceDefaults;
using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AITrader.Backend.Tests;

public sealed class StatusTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_and_account_come_from_the_books()
    {
        var status = await StatusAsync(fixture.Gateway);

        var counts = status.GetProperty("counts");
        Assert.Equal(
            (0, 5, 1, 5, 5, 5),
            (
                Count(counts, "ticks"),
                Count(counts, "signals"),
                Count(counts, "decisions"),
                Count(counts, "orders"),
                Count(counts, "fills"),
                Count(counts, "trades")
            )
        );
        var account = status.GetProperty("account");
        Assert.Equal("100020.5", account.GetProperty("equity").GetRawText());
        Assert.Equal("20", account.GetProperty("unrealised_pnl").GetRawText());
        Assert.Equal("ACTIVE", account.GetProperty("trading_state").GetString());
    }

    [Fact]
    public async Task Services_are_healthy_unhealthy_or_unknown()
    {
        await using var well = await ServiceAsync(
            200,
            """{"status":"degraded","checks":[{"name":"model","status":"degraded","description":"no model is installed"}]}"""
        );
        await using var sick = await ServiceAsync(503, """{"status":"unhealthy","checks":[{"name":"redis","status":"unhealthy"}]}""");
        await using var gateway = await Gateway.StartAsync(
            fixture.Database,
            fixture.Redis,
            ("services:finbert-server:http:0", well.Urls.Single()),
            ("services:execution-engine:http:0", sick.Urls.Single()),
            ("services:worker:http:0", $"http://127.0.0.1:{FreePort.Find()}")
        );

        var status = await StatusAsync(gateway);

        var services = Services(status);
        Assert.Equal(("healthy", null), services["postgres"]);
        Assert.Equal(("healthy", null), services["redis"]);
        Assert.Equal(("healthy", "model: no model is installed"), services["finbert-server"]);
        Assert.Equal(("unhealthy", "redis"), services["execution-engine"]);
        Assert.Equal("unhealthy", services["worker"].Item1);
        Assert.Equal("unknown", services["mock-llm"].Item1);
        Assert.Equal(("healthy", null), services["backend"]);
        Assert.Empty(Troubles(status));
        Assert.Equal("degraded", status.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Leases_say_which_instance_works_and_which_one_waits()
    {
        // Taken as the engines take them: the gateway may only look.
        var app = new DbContextOptionsBuilder<AITraderDbContext>().UseNpgsql(fixture.Database.App).Options;
        var leases = new Leases(new PooledDbContextFactory<AITraderDbContext>(app));
        await leases.TryTakeAsync("execution-engine", "engine a", TimeSpan.FromMinutes(1), Ct);
        await leases.TryTakeAsync("execution-engine", "engine b", TimeSpan.FromMinutes(1), Ct);
        await leases.TryTakeAsync("strategy-engine", "strategy a", TimeSpan.Zero, Ct);

        var found = (await StatusAsync(fixture.Gateway)).GetProperty("leases").EnumerateArray().ToList();

        Assert.Equal(
            [("execution-engine", "engine a", true, "engine b"), ("strategy-engine", "strategy a", false, null)],
            found.Select(static lease =>
                (Text(lease, "name"), Text(lease, "holder"), lease.GetProperty("is_held").GetBoolean(), Text(lease, "standby"))
            )
        );
        Assert.All(found, static lease => Assert.Equal(1, Count(lease, "token")));
    }

    [Fact]
    public async Task Replay_shows_its_watermarks_and_speed()
    {
        await using var market = await ServiceAsync(200, """{"speed":"max"}""");
        await using var gateway = await Gateway.StartAsync(
            fixture.Database,
            fixture.Redis,
            ("services:market-data:http:0", market.Urls.Single())
        );
        await using (var db = gateway.NewContext())
        {
            db.ReplayRuns.Add(
                new ReplayRunRow
                {
                    Run = "capture-1",
                    Source = "capture",
                    Sha256 = "aa",
                    Attempt = 1,
                    Ticks = 1000,
                    StartedAt = GatewayFixture.Time,
                }
            );
            await db.SaveChangesAsync(Ct);
        }

        var watermarks = gateway.Services.GetRequiredService<IWatermarks>();
        await watermarks.AdvanceAsync("capture-1", ReplayStages.Published, 400, Ct);
        await watermarks.AdvanceAsync("capture-1", ReplayStages.Store, 300, Ct);

        var status = await StatusAsync(gateway);

        var replay = status.GetProperty("replay");
        Assert.Equal("replay", status.GetProperty("mode").GetString());
        Assert.Equal(
            ("capture-1", "max", "running", 400, 1000),
            (Text(replay, "run"), Text(replay, "speed"), Text(replay, "state"), Count(replay, "published"), Count(replay, "total"))
        );
        Assert.Equal(
            (400, 0, 300),
            (
                Count(replay.GetProperty("watermarks"), "published"),
                Count(replay.GetProperty("watermarks"), "pattern"),
                Count(replay.GetProperty("watermarks"), "store")
            )
        );
    }

    [Fact]
    public async Task Database_that_is_away_is_a_503_without_secrets_or_stack_traces_and_named_in_the_status()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        await using var gateway = await Gateway.StartAsync(database, fixture.Redis);
        using var client = await gateway.ClientAsync();

        await server.StopAsync();

        foreach (var path in new[] { "/api/signals", "/api/v1/positions" })
        {
            using var answer = await client.GetAsync(path, Ct);
            var body = await answer.Content.ReadAsStringAsync(Ct);
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, body);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain("127.0.0.1", body);
            Assert.DoesNotContain("   at ", body);
        }

        var status = await StatusAsync(client);
        Assert.Equal("degraded", Text(status, "status"));
        Assert.Equal(("unhealthy", "cannot be reached"), Services(status)["postgres"]);
        Assert.Equal(
            [
                "postgres, account: cannot be reached",
                "postgres, counts: cannot be reached",
                "postgres, leases: cannot be reached",
                "replay: cannot be reached",
            ],
            Troubles(status)
        );

        await server.StartAgainAsync();
        using var again = await client.GetAsync("/api/signals", Ct);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Redis_that_hangs_is_named_in_the_probes_and_the_status_which_tell_the_rest()
    {
        await using var server = await RedisServer.StartAsync();
        await using var gateway = await Gateway.StartAsync(fixture.Database, server.ConnectionString);
        using var client = await gateway.ClientAsync();
        Assert.Equal("ok", Text(await StatusAsync(gateway), "status"));

        server.Freeze();

        Assert.Equal(("unhealthy", "no answer in 2 s"), await ReadyAsync(gateway, "redis"));
        var status = await StatusAsync(client);
        Assert.Equal("degraded", Text(status, "status"));
        Assert.Equal(("unhealthy", "no answer in 2 s"), Services(status)["redis"]);
        Assert.Equal(("healthy", null), Services(status)["postgres"]);
        Assert.Contains("redis, streams: no answer in 2 s", Troubles(status));
        Assert.Equal(5, Count(status.GetProperty("counts"), "orders"));

        server.Thaw();
        await Eventually.TrueAsync(async () => await ReadyAsync(gateway, "redis") == ("healthy", null), "redis answers again");
        await Eventually.TrueAsync(async () => Text(await StatusAsync(client), "status") == "ok", "all is well again");
    }

    [Fact]
    public async Task A_database_that_hangs_is_named_in_the_probes_and_the_status_which_tell_the_rest()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        await using var gateway = await Gateway.StartAsync(database, fixture.Redis, ("Auth:UserCheckInterval", "00:00:00"));
        using var client = await gateway.ClientAsync();
        using var stranger = gateway.ClientOf("viewer");
        Assert.Equal("ok", Text(await StatusAsync(client), "status"));

        server.Freeze();

        // Who was not seen before is not let in unseen, and need not wait either.
        using (var unseen = await stranger.GetAsync("/api/status", Ct))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unseen.StatusCode);
        }

        Assert.Equal(("unhealthy", "no answer in 2 s"), await ReadyAsync(gateway, "postgres"));
        var status = await StatusAsync(client);
        Assert.Equal("degraded", Text(status, "status"));
        Assert.Equal(("unhealthy", "no answer in 2 s"), Services(status)["postgres"]);
        Assert.Equal(("healthy", null), Services(status)["redis"]);
        Assert.Equal(
            [
                "postgres, account: no answer in 2 s",
                "postgres, counts: no answer in 2 s",
                "postgres, leases: no answer in 2 s",
                "replay: no answer in 2 s",
            ],
            Troubles(status)
        );
        Assert.Equal(JsonValueKind.Null, status.GetProperty("account").ValueKind);

        server.Thaw();
        await Eventually.TrueAsync(async () => Text(await StatusAsync(client), "status") == "ok", "all is well again");
    }

    [Fact]
    public async Task A_service_that_says_which_of_its_checks_hangs_is_heard_out()
    {
        var hangs = new TaskCompletionSource<HealthCheckResult>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Services.AddHealthChecks().AddAsyncCheck("redis", async () => await hangs.Task);
        builder.Logging.ClearProviders();
        await using var service = builder.Build();
        service.MapDefaultEndpoints();
        await service.StartAsync(Ct);
        await using var gateway = await Gateway.StartAsync(
            fixture.Database,
            fixture.Redis,
            ("services:worker:http:0", service.Urls.Single())
        );

        Assert.Equal(("unhealthy", "redis: no answer in 2 s"), Services(await StatusAsync(gateway))["worker"]);
        hangs.SetResult(HealthCheckResult.Healthy());
    }

    [Fact]
    public async Task Each_service_tells_its_start_its_version_and_its_restarts()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        await using var worker = await ServiceAsync(
            200,
            """{"status":"healthy","instance":"host/12","version":"1.2.3","started_at":"2024-08-08T12:00:00.250Z","checks":[]}"""
        );
        await using var gateway = await Gateway.StartAsync(
            fixture.Database,
            server.ConnectionString,
            ("services:worker:http:0", worker.Urls.Single()),
            ("OTEL_SERVICE_NAME", "backend-alt")
        );

        // Two instances of the worker, one of which crashed twice since it was last stopped in order; the supervisor speaks for the others.
        await redis.GetDatabase().HashSetAsync("restarts:worker", [new("worker.host.0", 3), new("worker.host.1", 1)]);
        await redis
            .GetDatabase()
            .HashSetAsync(
                "supervisor:restarts",
                [
                    new(
                        "redis",
                        """{"resource":"redis","restarts":4,"left_down":false,"reason":"Exited, exit code 137","at":"2024-08-08T12:00:00+00:00"}"""
                    ),
                    new(
                        "mock-llm",
                        """{"resource":"mock-llm","restarts":4,"left_down":true,"reason":"Exited, exit code 1","at":"2024-08-08T12:00:00+00:00"}"""
                    ),
                ]
            );
        await Eventually.TrueAsync(() => redis.GetDatabase().KeyExistsAsync("restarts:backend-alt"), "the gateway counts itself");
        var status = await StatusAsync(gateway);

        var services = status.GetProperty("services").EnumerateArray().ToDictionary(static service => Text(service, "name")!);
        Assert.Equal(("2024-08-08T12:00:00.250000Z", "host/12", "1.2.3", 2), Facts(services["worker"]));
        Assert.Equal(("healthy", 0), (Text(services["backend-alt"], "status"), Count(services["backend-alt"], "restarts")));
        Assert.Equal(4, Count(services["redis"], "restarts"));
        Assert.Equal(
            (4, "left down after repeated failures: Exited, exit code 1"),
            (Count(services["mock-llm"], "restarts"), Text(services["mock-llm"], "detail"))
        );
    }

    private static (string?, string?, string?, long) Facts(JsonElement service) =>
        (Text(service, "started_at"), Text(service, "instance"), Text(service, "version"), Count(service, "restarts"));

    private static string[] Troubles(JsonElement status) =>
        [.. status.GetProperty("troubles").EnumerateArray().Select(static trouble => trouble.GetString()!)];

    private static Dictionary<string, (string?, string?)> Services(JsonElement status) =>
        status
            .GetProperty("services")
            .EnumerateArray()
            .ToDictionary(static service => Text(service, "name")!, static service => (Text(service, "status"), Text(service, "detail")));

    private static async Task<(string?, string?)> ReadyAsync(Gateway gateway, string check)
    {
        using var answer = await gateway.Anonymous.GetAsync("/ready", Ct);
        var found = (await Gateway.JsonAsync(answer)).GetProperty("checks").EnumerateArray().Single(each => Text(each, "name") == check);
        return (Text(found, "status"), found.TryGetProperty("description", out var text) ? text.GetString() : null);
    }

    private static long Count(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<JsonElement> StatusAsync(Gateway gateway)
    {
        using var client = await gateway.ClientAsync();
        return await StatusAsync(client);
    }

    private static async Task<JsonElement> StatusAsync(HttpClient client)
    {
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
