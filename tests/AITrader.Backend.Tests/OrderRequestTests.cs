using System.Net;
using System.Net.Http.Json;
using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Backend.Tests;

/// <summary>People's orders: recorded, then sent.</summary>
public sealed class OrderRequestTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_recorded_and_sent_under_the_callers_key()
    {
        var key = Guid.CreateVersion7();
        using var answer = await PostAsync(
            new
            {
                symbol = "BTCUSDT",
                side = "BUY",
                qty = 0.5,
                type = "STOP_LIMIT",
                tif = "GTC",
                price = 61_000,
                trigger_price = 60_900,
                take_profit = 63_000,
                stop_loss = 60_000,
            },
            key
        );
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal($"/api/v1/orders/{key}", answer.Headers.Location!.ToString());

        var sent = Assert.Single(await SentAsync(), message => message.Id == key);
        Assert.Equal(
            ("NEW", 0.5m, "STOP_LIMIT", 61_000m, 60_900m, 63_000m, 60_000m, null),
            (
                sent.Event,
                sent.Quantity,
                sent.Type,
                sent.Price,
                sent.Conditions.TriggerPrice,
                sent.TakeProfit,
                sent.StopLoss,
                sent.DecisionId
            )
        );
        await using var db = fixture.Gateway.NewContext();
        Assert.NotNull(
            (await db.AuditEvents.SingleAsync(row => row.EntityId == key.ToString() && row.EventType == "order.requested", Ct)).UserId
        );
    }

    [Fact]
    public async Task A_repeated_request_is_taken_once_and_its_key_is_for_no_other()
    {
        var key = Guid.CreateVersion7();
        using var first = await PostAsync(Buy(1.50m), key);
        using var again = await PostAsync(Buy(1.5m), key);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, again.StatusCode));
        using var other = await PostAsync(Buy(2m), key);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal("urn:aitrader:backend:key-taken", (await Gateway.JsonAsync(other)).GetProperty("type").GetString());
        Assert.Single(await SentAsync(), message => message.Id == key);
        await using var db = fixture.Gateway.NewContext();
        Assert.Single(await db.AuditEvents.Where(row => row.EntityId == key.ToString()).ToListAsync(Ct));
    }

    [Fact]
    public async Task While_the_bus_is_away_a_request_is_kept_and_sent_when_it_is_back()
    {
        var redis = await RedisServer.StartAsync();
        var database = await (await PostgresServer.SharedAsync()).CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        await using var gateway = await Gateway.StartAsync(database, redis.ConnectionString);
        using var client = await gateway.ClientAsync();
        await redis.KillAsync();
        var key = Guid.CreateVersion7();
        using var answer = await PostAsync(Buy(1m), key, client);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await using (var db = gateway.NewContext())
        {
            Assert.Null((await db.Outbox.SingleAsync(row => row.Id == key, Ct)).SentAt);
        }

        await redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => (await SentAsync(gateway)).Exists(message => message.Id == key), "the order on the bus");
        await redis.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","side":"UP","qty":1}""", "bad-order")]
    [InlineData("""{"symbol":"BTCUSDT","side":"BUY","qty":0}""", "bad-order")]
    [InlineData("""{"symbol":"BTCUSDT","side":"BUY","qty":1,"type":"SL-M"}""", "bad-order")]
    [InlineData("""{"symbol":"BTCUSDT","side":"BUY","qty":1,"tif":"LATER"}""", "bad-order")]
    [InlineData("""{"symbol":"BTCUSDT","side":"BUY","qty":1,"type":"LIMIT"}""", "bad-order")]
    [InlineData("""{"symbol":"BTCUSDT","side":"BUY","qty":1,"take_profit":2}""", "bad-order")]
    [InlineData("""{"symbol":"NOSUCH","side":"BUY","qty":1}""", "unknown-symbol")]
    public async Task An_order_that_makes_no_sense_is_not_sent(string body, string reason)
    {
        var before = (await SentAsync()).Count;
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await fixture.Client.PostAsync("/api/v1/orders", content, Ct);
        Assert.Equal($"urn:aitrader:backend:{reason}", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
        Assert.Equal(before, (await SentAsync()).Count);
    }

    [Fact]
    public async Task A_change_carries_all_terms_and_a_cancel_none()
    {
        var order = await WorkingAsync();
        using var changed = await fixture.Client.PatchAsJsonAsync($"/api/v1/orders/{order}", new { price = 50_500 }, Ct);
        Assert.Equal(HttpStatusCode.Accepted, changed.StatusCode);
        using var cancelled = await fixture.Client.DeleteAsync($"/api/v1/orders/{order}", Ct);
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);

        var sent = (await SentAsync()).Where(message => message.Id == order).ToList();
        Assert.Equal(["MODIFY", "CANCEL"], sent.Select(static message => message.Event));
        Assert.Equal((2m, 50_500m, 50_100m), (sent[0].Quantity, sent[0].Price, sent[0].Conditions.TriggerPrice));
        Assert.NotEqual(order, sent[0].ClientOrderId);
    }

    [Fact]
    public async Task What_is_done_or_unknown_cannot_be_changed()
    {
        using var unknown = await fixture.Client.DeleteAsync($"/api/v1/orders/{Guid.CreateVersion7()}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var order = await WorkingAsync("FILLED");
        using var done = await fixture.Client.PatchAsJsonAsync($"/api/v1/orders/{order}", new { qty = 3 }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, done.StatusCode);
        using var empty = await fixture.Client.PatchAsJsonAsync($"/api/v1/orders/{await WorkingAsync()}", new { }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task A_viewer_sends_nothing_and_a_key_is_a_uuid()
    {
        using var viewer = fixture.Gateway.ClientOf("viewer");
        using var refused = await viewer.PostAsJsonAsync(
            "/api/v1/orders",
            new
            {
                symbol = "BTCUSDT",
                side = "BUY",
                qty = 1,
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders")
        {
            Content = JsonContent.Create(
                new
                {
                    symbol = "BTCUSDT",
                    side = "BUY",
                    qty = 1,
                }
            ),
        };
        request.Headers.Add("Idempotency-Key", "mine");
        using var bad = await fixture.Client.SendAsync(request, Ct);
        Assert.Equal("urn:aitrader:backend:bad-key", (await Gateway.JsonAsync(bad)).GetProperty("type").GetString());
    }

    private async Task<Guid> WorkingAsync(string status = "ACCEPTED")
    {
        var id = Guid.CreateVersion7();
        await using var db = fixture.Gateway.NewContext();
        db.Orders.Add(
            new()
            {
                Id = id,
                ClientOrderId = id,
                Symbol = "BTCUSDT",
                Side = Domain.Orders.Side.Buy,
                Type = "STOP_LIMIT",
                TimeInForce = "GTC",
                Quantity = 2m,
                Price = 50_200m,
                Conditions = """{"trigger_price": 50100}""",
                Status = status,
                EventTime = GatewayFixture.Time,
                CreatedAt = GatewayFixture.Time,
                UpdatedAt = GatewayFixture.Time,
            }
        );
        await db.SaveChangesAsync(Ct);
        return id;
    }

    private static object Buy(decimal quantity) =>
        new
        {
            symbol = "BTCUSDT",
            side = "BUY",
            qty = quantity,
        };

    private async Task<HttpResponseMessage> PostAsync(object body, Guid key, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key.ToString());
        return await (client ?? fixture.Client).SendAsync(request, Ct);
    }

    private async Task<List<OrderMessage>> SentAsync(Gateway? gateway = null)
    {
        await using var reader = (gateway ?? fixture.Gateway)
            .Services.GetRequiredService<IStreamReaders>()
            .Open<OrderMessage>($"test-{Guid.CreateVersion7()}");
        var all = new List<OrderMessage>();
        while (await reader.ReadAsync(1000, TimeSpan.Zero, Ct) is { Count: > 0 } entries)
        {
            all.AddRange(entries.Select(static entry => entry.Message));
        }

        return all;
    }
}
