using System.Net.WebSockets;
using System.Text.Json;
using AITrader.Backend.Monitor;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Backend.Tests;

public sealed class MonitorTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_token_is_refused_before_the_upgrade()
    {
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => fixture.Gateway.ConnectAsync("nonsense"));

        Assert.Contains("401", refused.Message);
    }

    [Fact]
    public async Task Plain_request_is_told_to_speak_websocket()
    {
        using var answer = await fixture.Client.GetAsync("/api/ws/monitor", Ct);

        Assert.Equal("urn:aitrader:backend:websocket-required", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Authorization_header_works_too()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {await fixture.Gateway.SignInAsync()}");

        await socket.ConnectAsync(new UriBuilder(fixture.Gateway.Address) { Scheme = "ws", Path = "/api/ws/monitor" }.Uri, Ct);

        Assert.Equal("snapshot", (await NextAsync(socket)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Snapshot_comes_first()
    {
        using var socket = await fixture.Gateway.ConnectAsync();

        var first = await NextAsync(socket);

        var data = first.GetProperty("data");
        Assert.Equal("aitrader.v1", socket.SubProtocol);
        Assert.Equal("snapshot", first.GetProperty("type").GetString());
        Assert.Equal("100000", data.GetProperty("status").GetProperty("account").GetProperty("initial_cash").GetRawText());
        Assert.Equal(5, data.GetProperty("signals").GetArrayLength());
        Assert.Equal("0.02", data.GetProperty("positions")[0].GetProperty("qty").GetRawText());
    }

    [Fact]
    public async Task What_happens_on_the_bus_reaches_clients_of_every_instance()
    {
        await using var other = await Gateway.StartAsync(fixture.Database, fixture.Redis);
        using var one = await fixture.Gateway.ConnectAsync();
        using var two = await other.ConnectAsync();
        Assert.Equal("snapshot", (await NextAsync(one)).GetProperty("type").GetString());
        Assert.Equal("snapshot", (await NextAsync(two)).GetProperty("type").GetString());
        await SeedAsync();

        await PublishAsync();

        foreach (var socket in new[] { one, two })
        {
            var seen = await UntilAsync(socket, "tick", "signal", "decision", "order", "fill", "positions", "account");
            Assert.Equal("61000.5", seen["tick"].GetProperty("price").GetRawText());
            Assert.Equal(
                ["symbol", "price", "bid", "ask", "volume", "timestamp", "kind", "run", "seq"],
                seen["tick"].EnumerateObject().Select(static field => field.Name)
            );
            Assert.Equal(GatewayFixture.Id("live-signal"), seen["signal"].GetProperty("id").GetGuid());
            Assert.Equal("price_action", seen["signal"].GetProperty("family").GetString());
            Assert.Equal(60, seen["signal"].GetProperty("horizon_seconds").GetDouble());
            Assert.Equal("""{"excess":0.75}""", seen["signal"].GetProperty("evidence").GetRawText());
            Assert.Equal("HOLD", seen["decision"].GetProperty("action").GetString());
            Assert.Equal("ACCEPTED", seen["order"].GetProperty("status").GetString());
            Assert.Equal("0.5", seen["fill"].GetProperty("qty").GetRawText());
            Assert.True(seen["fill"].GetProperty("trade_id").GetInt32() > 0);
            Assert.Equal("100000", seen["account"].GetProperty("initial_cash").GetRawText());
        }
    }

    [Fact]
    public async Task Slow_client_is_dropped_with_1013_and_costs_the_others_nothing()
    {
        await using var strict = await Gateway.StartAsync(
            fixture.Database,
            fixture.Redis,
            ("Monitor:QueueLength", "20"),
            ("Monitor:TickInterval", "00:00:01")
        );
        using var slow = await strict.ConnectAsync();
        using var good = await fixture.Gateway.ConnectAsync();
        await NextAsync(slow);
        await NextAsync(good);
        var channel = strict.Services.GetRequiredService<IMonitorChannel>();
        for (var n = 0; n < 200; n++)
        {
            await channel.PublishAsync($$$"""{"type":"signal","data":{"n":{{{n}}}}}""", Ct);
        }

        Assert.Equal((WebSocketCloseStatus)1013, await CloseStatusAsync(slow));
        Assert.Equal(200, (await CollectAsync(good, 200)).Count);
    }

    [Fact]
    public async Task Readings_are_conflated_but_events_are_not()
    {
        await using var calm = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Monitor:TickInterval", "00:00:00.500"));
        using var socket = await calm.ConnectAsync();
        await NextAsync(socket);
        var channel = calm.Services.GetRequiredService<IMonitorChannel>();
        for (var n = 0; n < 100; n++)
        {
            await channel.PublishAsync($$$"""{"type":"tick","data":{"symbol":"ZZZ","n":{{{n}}}}}""", Ct);
            await channel.PublishAsync($$$"""{"type":"signal","data":{"symbol":"ZZZ","n":{{{n}}}}}""", Ct);
        }

        var signals = 0;
        var ticks = new List<int>();
        while (signals < 100 || ticks.LastOrDefault() != 99)
        {
            var message = await NextAsync(socket);
            var data = message.GetProperty("data");
            if (data.TryGetProperty("n", out var n) && message.GetProperty("type").GetString() == "tick")
            {
                ticks.Add(n.GetInt32());
            }
            else if (message.GetProperty("type").GetString() == "signal" && data.TryGetProperty("n", out _))
            {
                signals++;
            }
        }

        Assert.Equal(100, signals);
        Assert.InRange(ticks.Count, 1, 50);
    }

    [Fact]
    public async Task Books_reach_clients_and_the_newest_of_each_symbol_replaces_the_others()
    {
        await using var calm = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Monitor:TickInterval", "00:00:00.500"));
        using var socket = await calm.ConnectAsync();
        await NextAsync(socket);
        var channel = calm.Services.GetRequiredService<IMonitorChannel>();
        for (var n = 0; n < 100; n++)
        {
            await channel.PublishAsync($$$"""{"type":"book","data":{"symbol":"ZZB","n":{{{n}}},"bids":[[1.5,2]]}}""", Ct);
            await channel.PublishAsync($$$"""{"type":"book","data":{"symbol":"ZZC","n":{{{n}}},"bids":[[1.5,2]]}}""", Ct);
        }

        var books = new List<(string? Symbol, int N)>();
        while (!books.Contains(("ZZB", 99)) || !books.Contains(("ZZC", 99)))
        {
            var message = await NextAsync(socket);
            if (
                message.GetProperty("type").GetString() == "book"
                && message.GetProperty("data") is var book
                && book.TryGetProperty("n", out var n)
            )
            {
                Assert.Equal("[[1.5,2]]", book.GetProperty("bids").GetRawText());
                books.Add((book.GetProperty("symbol").GetString(), n.GetInt32()));
            }
        }

        Assert.InRange(books.Count, 2, 100);
    }

    [Theory]
    [InlineData("""{"type":"tick","data":{"symbol":"S","run":""}}""", """{"type":"tick","data":{"symbol":"S","run":"demo-1"}}""")]
    [InlineData("""{"type":"book","lane":"live","data":{"symbol":"S"}}""", """{"type":"book","lane":"replays","data":{"symbol":"S"}}""")]
    public void A_reading_of_a_replay_replaces_none_of_the_live_market(string live, string replay)
    {
        Assert.Equal(MonitorJson.Read(live)!.Key, MonitorJson.Read(live)!.Key);
        Assert.NotEqual(MonitorJson.Read(live)!.Key, MonitorJson.Read(replay)!.Key);
    }

    [Theory]
    [InlineData("""{"type":"tick","data":{"run":"demo-1"}}""")]
    [InlineData("""{"type":"book","data":7}""")]
    [InlineData("hello")]
    public void What_is_no_message_is_not_passed_on(string text) => Assert.Null(MonitorJson.Read(text));

    [Fact]
    public async Task Session_that_ends_closes_the_socket()
    {
        await using var brief = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Auth:SessionLifetime", "00:00:02"));
        using var socket = await brief.ConnectAsync();

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await CloseStatusAsync(socket));
    }

    [Fact]
    public async Task Foreign_text_on_the_channel_harms_nobody()
    {
        using var socket = await fixture.Gateway.ConnectAsync();
        await NextAsync(socket);
        var channel = fixture.Gateway.Services.GetRequiredService<IMonitorChannel>();
        await channel.PublishAsync("hello", Ct);
        await channel.PublishAsync("""{"type":"tick","data":{}}""", Ct);
        await channel.PublishAsync("""{"type":"signal","data":{"marker":1}}""", Ct);

        Assert.Equal("signal", (await UntilAsync(socket, "signal")).Keys.Single());
    }

    private static async Task<JsonElement> NextAsync(ClientWebSocket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(MaxWait);
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            text.Write(buffer.AsSpan(0, received.Count));
        } while (!received.EndOfMessage);

        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
        return JsonDocument.Parse(text.ToArray()).RootElement;
    }

    private static async Task<Dictionary<string, JsonElement>> UntilAsync(ClientWebSocket socket, params string[] types)
    {
        var seen = new Dictionary<string, JsonElement>();
        while (!types.All(seen.ContainsKey))
        {
            var message = await NextAsync(socket);
            if (types.Contains(message.GetProperty("type").GetString()!))
            {
                seen.TryAdd(message.GetProperty("type").GetString()!, message.GetProperty("data"));
            }
        }

        return seen;
    }

    private static async Task<List<JsonElement>> CollectAsync(ClientWebSocket socket, int count)
    {
        var found = new List<JsonElement>();
        while (found.Count < count)
        {
            var message = await NextAsync(socket);
            if (message.GetProperty("type").GetString() == "signal")
            {
                found.Add(message);
            }
        }

        return found;
    }

    private static async Task<WebSocketCloseStatus?> CloseStatusAsync(ClientWebSocket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(MaxWait);
        var buffer = new byte[64 * 1024];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), limit.Token)).MessageType != WebSocketMessageType.Close) { }

        return socket.CloseStatus;
    }

    private async Task SeedAsync()
    {
        await using var db = fixture.Gateway.NewContext();
        db.Add(GatewayFixture.OrderRow("live-order", 7));
        db.Add(GatewayFixture.ExecutionRow("live-exec", "live-order", 7));
        await db.SaveChangesAsync(Ct);
    }

    private async Task PublishAsync()
    {
        var publisher = fixture.Gateway.Services.GetRequiredService<IStreamPublisher>();
        await publisher.PublishAsync(
            new Tick
            {
                Symbol = "BTCUSDT",
                Price = Price.Of(61_000.50m),
                Volume = Quantity.Of(1),
                Timestamp = GatewayFixture.Time,
                Kind = TickKind.Trade,
                Source = "test",
                Seq = 1,
            },
            Ct
        );
        await publisher.PublishAsync(LiveSignal(), Ct);
        await publisher.PublishAsync(
            new DecisionMessage
            {
                Id = GatewayFixture.Id("live-decision"),
                SignalId = GatewayFixture.Id("live-signal"),
                Symbol = "BTCUSDT",
                Action = "HOLD",
                Score = 0.1,
                Factors = "[]",
                Provenance = "{}",
                Timestamp = GatewayFixture.Time,
            },
            Ct
        );
        await publisher.PublishAsync(LiveOrder(), Ct);
        await publisher.PublishAsync(
            new Fill
            {
                OrderId = GatewayFixture.Id("live-order"),
                ExecId = GatewayFixture.Id("live-exec"),
                Quantity = 0.5m,
                Price = 50_000.10m,
                Symbol = "BTCUSDT",
                Side = Side.Buy,
                Fee = 1.5m,
                IsTaker = true,
                Timestamp = GatewayFixture.Time,
                Seq = 1,
            },
            Ct
        );
    }

    private static OrderMessage LiveOrder() =>
        new()
        {
            Id = GatewayFixture.Id("live-order"),
            ClientOrderId = GatewayFixture.Id("live-order"),
            Symbol = "BTCUSDT",
            Side = Side.Buy,
            Quantity = 0.5m,
            Type = "MARKET",
            TimeInForce = "DAY",
            Event = "ACCEPTED",
            Timestamp = GatewayFixture.Time,
        };

    private static Signal LiveSignal() =>
        new()
        {
            Id = GatewayFixture.Id("live-signal"),
            Symbol = "BTCUSDT",
            Score = 0.5,
            Timestamp = GatewayFixture.Time,
            Pattern = "breakout",
            Direction = SignalDirection.Bearish,
            Price = 61_000.50m,
            TickId = "test:1",
            Seq = 1,
            Features = new SignalFeatures
            {
                EmaFast = 1,
                EmaSlow = 1,
                Vwap = 1,
                StdDev = 1,
                Rsi = 50,
                Atr = 1,
                Trades = 100,
                Window = [1, 2, 3],
                Evidence = new Dictionary<string, double> { ["excess"] = 0.75 },
                HorizonSeconds = 60,
            },
        };
}
