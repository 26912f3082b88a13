using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AITrader.Backend.Tests;

/// <summary>The replay through the gateway; market-data is played by a server that remembers what it was sent.</summary>
public sealed class ReplayApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Report = """
        {"state":"running","run":"capture-0123abcd-1","source":"capture","sources":["capture"],"speed":"20","loop":true,"round":2,"published":50,"total":200,"progress":0.25,
         "event_time":"2024-08-08T23:54:20Z","from":"2024-08-08T23:54:15Z","to":"2024-08-08T23:59:59Z","eta_seconds":12.5,"lateness_ms":{"p50":0.1,"p99":0.4,"max":2,"mean":0.2,"drift":0.01},
         "watermarks":{"published":50,"pattern":48,"strategy":47,"execution":47,"store":40},"error":null}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_who_is_signed_in_sees_where_it_stands()
    {
        await using var market = await MarketAsync();
        await using var gateway = await StartAsync(market);
        using var viewer = gateway.ClientOf("viewer");

        var replay = await viewer.GetFromJsonAsync<JsonElement>("/api/v1/replay", Ct);

        Assert.Equal(
            [
                "state",
                "run",
                "source",
                "sources",
                "speed",
                "loop",
                "round",
                "published",
                "total",
                "progress",
                "event_time",
                "from",
                "to",
                "eta_seconds",
                "lateness_ms",
                "watermarks",
                "error",
            ],
            replay.EnumerateObject().Select(static field => field.Name)
        );
        Assert.Equal(
            ("running", "20", "2024-08-08T23:54:20.000000Z", 0.4, 40),
            (
                Text(replay, "state"),
                Text(replay, "speed"),
                Text(replay, "event_time"),
                replay.GetProperty("lateness_ms").GetProperty("p99").GetDouble(),
                replay.GetProperty("watermarks").GetProperty("store").GetInt64()
            )
        );
        var status = await viewer.GetFromJsonAsync<JsonElement>("/api/status", Ct);
        Assert.Equal("replay", Text(status, "mode"));
        Assert.Equal(replay.GetRawText(), status.GetProperty("replay").GetRawText());
        using var refused = await gateway.Anonymous.GetAsync("/api/v1/replay", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("", """{"path":"demo","speed":"max","loop":true}""", "replay.started")]
    [InlineData("", """{"ticks":{"symbols":["BTCUSDT"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}}""", "replay.started")]
    [InlineData("/pause", "{}", "replay.paused")]
    [InlineData("/resume", "{}", "replay.resumed")]
    [InlineData("/stop", "{}", "replay.stopped")]
    [InlineData("/seek", """{"fraction":0.5}""", "replay.sought")]
    [InlineData("/speed", """{"speed":0.5}""", "replay.speed")]
    [InlineData("/loop", """{"loop":false}""", "replay.loop")]
    public async Task Traders_change_it_and_viewers_do_not(string command, string body, string audit)
    {
        await using var market = await MarketAsync();
        await using var gateway = await StartAsync(market);
        using var trader = gateway.ClientOf("trader");
        using var viewer = gateway.ClientOf("viewer");
        await using var db = gateway.NewContext();
        var before = await db.AuditEvents.CountAsync(row => row.EventType == audit, Ct);

        using var refused = await PostAsync(viewer, command, body);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(market.Requests);
        using var taken = await PostAsync(trader, command, body);

        Assert.True(taken.StatusCode == HttpStatusCode.Accepted, await taken.Content.ReadAsStringAsync(Ct));
        Assert.Equal("capture-0123abcd-1", Text(await Gateway.JsonAsync(taken), "run"));
        var (path, sent) = Assert.Single(market.Requests);
        Assert.Equal($"/replay{command}", path);
        Assert.All(JsonDocument.Parse(body).RootElement.EnumerateObject(), field =>
            Assert.Contains($"\"{field.Name}\":{(field.Name == "ticks" ? "{" : field.Value.GetRawText())}", sent)
        );
        var events = await db.AuditEvents.Where(row => row.EventType == audit).OrderBy(static row => row.Timestamp).ToListAsync(Ct);
        Assert.Equal(before + 1, events.Count);
        Assert.Equal(
            (GatewayFixture.Id("trader"), "replay", "capture-0123abcd-1"),
            (events[^1].UserId, events[^1].EntityType, events[^1].EntityId)
        );

        // It names what was asked for, and that was written down first.
        var cause = JsonDocument.Parse(events[^1].Changes).RootElement.GetProperty("asked").GetGuid();
        var asked = await db.AuditEvents.SingleAsync(row => row.Id == cause, Ct);
        Assert.Equal(("replay.asked", GatewayFixture.Id("trader")), (asked.EventType, asked.UserId));
        Assert.Equal($"replay{command}", JsonDocument.Parse(asked.Changes).RootElement.GetProperty("command").GetString());
        Assert.True(asked.Timestamp <= events[^1].Timestamp);
    }

    [Fact]
    public async Task Nothing_is_sent_that_cannot_be_written_down_before()
    {
        await using var market = await MarketAsync();
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        await using var gateway = await Gateway.StartAsync(database, fixture.Redis, ("services:market-data:http:0", market.Address));
        using var trader = gateway.ClientOf("trader");
        await server.StopAsync();

        using var answer = await PostAsync(trader, string.Empty, """{"path":"demo"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Empty(market.Requests);
    }

    [Fact]
    public async Task A_command_that_is_done_is_accepted_even_where_its_outcome_cannot_be_written_down()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        await using var market = await MarketAsync(onCommand: server.StopAsync);
        await using var gateway = await Gateway.StartAsync(database, fixture.Redis, ("services:market-data:http:0", market.Address));
        using var trader = gateway.ClientOf("trader");

        using var answer = await PostAsync(trader, "/pause", "{}");

        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Ct));
        await server.StartAgainAsync();
        await using var db = gateway.NewContext();
        Assert.Equal(
            "replay.asked",
            await db.AuditEvents.Where(static row => row.EntityType == "replay").Select(static row => row.EventType).SingleAsync(Ct)
        );
    }

    [Theory]
    [InlineData(
        "/api/v1/replay",
        """{"ticks":{"symbols":["\u0000"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}}""",
        "'ticks.symbols[0]'"
    )]
    [InlineData("/api/v1/replay", """{"path":"demo\u0000"}""", "'path'")]
    [InlineData("/api/v1/trading-state", """{"state":"HALTED","reason":"a\u0000b"}""", "'reason'")]
    [InlineData("/api/v1/trading-state", """{"state":"HALTED","reason":"\ud800"}""", "'reason'")]
    public async Task Text_that_cannot_be_stored_is_refused_before_anything_happens(string address, string body, string place)
    {
        await using var market = await MarketAsync();
        await using var gateway = await StartAsync(market);
        using var admin = await gateway.ClientAsync();
        await using var db = gateway.NewContext();
        var before = await db.AuditEvents.CountAsync(static row => row.EventType != "auth.sign_in", Ct);

        using var answer = await admin.PostAsync(address, new StringContent(body, Encoding.UTF8, "application/json"), Ct);

        var problem = await Gateway.JsonAsync(answer);
        Assert.Equal((HttpStatusCode.BadRequest, "urn:aitrader:backend:malformed-body"), (answer.StatusCode, Text(problem, "type")));
        Assert.Contains(place, Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Empty(market.Requests);
        Assert.Equal(before, await db.AuditEvents.CountAsync(static row => row.EventType != "auth.sign_in", Ct));
        Assert.Equal("ACTIVE", await db.Accounts.Select(static row => row.TradingState).SingleAsync(Ct));
    }

    [Theory]
    [InlineData("/api/signals?symbol=%00")]
    [InlineData("/api/v1/orders?symbol=BTCUSDT%00")]
    [InlineData("/api/v1/orders?status=%00")]
    [InlineData("/api/v1/trades?before=%00")]
    [InlineData("/api/v1/ticks?symbol=%00&from=2024-08-08&to=2024-08-09")]
    [InlineData("/api/v1/candles?symbol=%00&interval=1m")]
    [InlineData("/api/v1/books/%00")]
    public async Task An_address_that_names_what_cannot_be_stored_is_a_mistake_and_no_outage(string address)
    {
        using var answer = await fixture.Client.GetAsync(address, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData(400, "bad-speed")]
    [InlineData(409, "no-replay")]
    public async Task Refusals_of_market_data_arrive_as_they_are_and_are_audited_as_such(int status, string reason)
    {
        await using var market = await MarketAsync(
            status,
            $$"""{"type":"urn:aitrader:market-data:{{reason}}","title":"No","status":{{status}},"detail":"Do something else.","trace_id":"theirs"}"""
        );
        await using var gateway = await StartAsync(market);
        using var admin = await gateway.ClientAsync();
        await using var db = gateway.NewContext();
        var before = await db.AuditEvents.CountAsync(static row => row.EntityType == "replay", Ct);

        using var answer = await PostAsync(admin, "/speed", """{"speed":7}""");

        var problem = await Gateway.JsonAsync(answer);
        Assert.Equal(
            (status, $"urn:aitrader:market-data:{reason}", "Do something else."),
            ((int)answer.StatusCode, Text(problem, "type"), Text(problem, "detail"))
        );
        Assert.NotEqual("theirs", Text(problem, "trace_id"));
        var events = await db
            .AuditEvents.Where(static row => row.EntityType == "replay")
            .OrderBy(static row => row.Timestamp)
            .ThenBy(static row => row.Id)
            .Skip(before)
            .ToListAsync(Ct);
        Assert.Equal(["replay.asked", "replay.refused"], events.Select(static row => row.EventType));
        var refused = JsonDocument.Parse(events[1].Changes).RootElement;
        Assert.Equal(
            (events[0].Id, $"urn:aitrader:market-data:{reason}"),
            (refused.GetProperty("asked").GetGuid(), Text(refused, "reason"))
        );
    }

    [Fact]
    public async Task Market_data_that_is_away_or_broken_is_a_503()
    {
        await using var market = await MarketAsync(500, "boom");
        await using var broken = await StartAsync(market);
        await using var away = await Gateway.StartAsync(
            fixture.Database,
            fixture.Redis,
            ("services:market-data:http:0", $"http://127.0.0.1:{FreePort.Find()}")
        );
        foreach (var gateway in new[] { broken, away, fixture.Gateway })
        {
            using var client = await gateway.ClientAsync();
            using var answer = await PostAsync(client, "/pause", "{}");
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "urn:aitrader:backend:market-data-away"),
                (answer.StatusCode, Text(await Gateway.JsonAsync(answer), "type"))
            );
            await using var db = gateway.NewContext();
            Assert.Equal(
                "replay.unanswered",
                await db
                    .AuditEvents.OrderByDescending(static row => row.Timestamp)
                    .ThenByDescending(static row => row.Id)
                    .Where(static row => row.EntityType == "replay")
                    .Select(static row => row.EventType)
                    .FirstAsync(Ct)
            );
        }
    }

    [Theory]
    [InlineData("/seek", """{"time":"yesterday"}""")]
    [InlineData("/seek", "[]")]
    [InlineData("", """{"paths":"a"}""")]
    [InlineData("/speed", "speed")]
    public async Task Bodies_that_cannot_be_read_are_refused_here(string command, string body)
    {
        await using var market = await MarketAsync();
        await using var gateway = await StartAsync(market);
        using var client = await gateway.ClientAsync();

        using var answer = await PostAsync(client, command, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(market.Requests);
    }

    [Fact]
    public async Task Monitors_hear_of_a_change_without_ticks()
    {
        await using var market = await MarketAsync();
        await using var gateway = await StartAsync(market);
        using var socket = await gateway.ConnectAsync();
        using var client = await gateway.ClientAsync();

        (await PostAsync(client, "/pause", "{}")).Dispose();

        var replay = await NextAsync(socket, "replay");
        Assert.Equal(("capture-0123abcd-1", 2), (Text(replay, "run"), replay.GetProperty("round").GetInt32()));
    }

    [Fact]
    public async Task Without_market_data_the_record_tells_that_it_is_paused_or_stopped()
    {
        var database = await (await PostgresServer.SharedAsync()).CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        await using var gateway = await Gateway.StartAsync(database, fixture.Redis);
        using var client = await gateway.ClientAsync();
        Assert.Equal("idle", Text(await client.GetFromJsonAsync<JsonElement>("/api/v1/replay", Ct), "state"));
        await using var db = gateway.NewContext();
        var row = new ReplayRunRow
        {
            Run = "held-1",
            Source = "held",
            Sha256 = "cc",
            Attempt = 1,
            Ticks = 10,
            Published = 4,
            Speed = "5",
            Control = ReplayControls.Pause,
            StartedAt = GatewayFixture.Time,
        };
        db.ReplayRuns.Add(row);
        await db.SaveChangesAsync(Ct);

        var paused = await client.GetFromJsonAsync<JsonElement>("/api/v1/replay", Ct);
        Assert.Equal(("paused", "5", 0.4), (Text(paused, "state"), Text(paused, "speed"), paused.GetProperty("progress").GetDouble()));

        (row.State, row.Error) = (ReplayStates.Stopped, "stopped after tick 4 of 10");
        await db.SaveChangesAsync(Ct);
        var stopped = await client.GetFromJsonAsync<JsonElement>("/api/v1/replay", Ct);
        Assert.Equal(("stopped", "stopped after tick 4 of 10"), (Text(stopped, "state"), Text(stopped, "error")));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string command, string body) =>
        client.PostAsync($"/api/v1/replay{command}", new StringContent(body, Encoding.UTF8, "application/json"), Ct);

    private static async Task<JsonElement> NextAsync(ClientWebSocket socket, string type)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var buffer = new byte[1 << 20];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += part.Count;
            } while (!part.EndOfMessage);

            var message = JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement;
            if (Text(message, "type") == type)
            {
                return message.GetProperty("data").Clone();
            }
        }
    }

    private Task<Gateway> StartAsync(Market market) =>
        Gateway.StartAsync(fixture.Database, fixture.Redis, ("services:market-data:http:0", market.Address));

    private static async Task<Market> MarketAsync(int status = 202, string answer = Report, Func<Task>? onCommand = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var requests = new ConcurrentQueue<(string Path, string Body)>();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (context.Request.Method == "POST")
            {
                requests.Enqueue((context.Request.Path, body));
                await (onCommand?.Invoke() ?? Task.CompletedTask);
            }

            context.Response.StatusCode = context.Request.Method == "POST" ? status : 200;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                context.Request.Path.StartsWithSegments("/replay") ? answer : """{"status":"healthy","checks":[]}"""
            );
        });
        await app.StartAsync(Ct);
        return new Market(app, requests);
    }

    private sealed record Market(WebApplication App, ConcurrentQueue<(string Path, string Body)> Requests) : IAsyncDisposable
    {
        public string Address => App.Urls.Single();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
