using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using AITrader.MockMcp.Tests.Shapes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.MockMcp.Tests;

public sealed class OrderUpdateTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ticker_tells_every_line_of_every_change_without_a_subscription()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        using var socket = new ClientWebSocket();
        var query = $"api_key={kite.Credentials.ApiKey}&access_token={kite.Credentials.AccessToken}";
        await socket.ConnectAsync(new UriBuilder(mock.Address) { Scheme = "ws", Query = query }.Uri, Ct);
        // The first heartbeat says that the line is served.
        await ReceiveAsync(socket, WebSocketMessageType.Binary);
        var id = await kite.PlaceAsync("regular", ("tag", "tick"));
        var statuses = new List<string>();
        JsonElement update;
        do
        {
            var message = JsonDocument.Parse(await ReceiveAsync(socket, WebSocketMessageType.Text)).RootElement;
            Assert.Equal("order", message.GetProperty("type").GetString());
            update = message.GetProperty("data");
            statuses.Add(update.GetProperty("status").GetString()!);
        } while (statuses[^1] != "COMPLETE");

        Assert.Equal(["PUT ORDER REQ RECEIVED", "VALIDATION PENDING", "OPEN PENDING", "OPEN", "COMPLETE"], statuses);
        Assert.Equal((id, "AB1234", ""), (Text(update, "order_id"), Text(update, "user_id"), Text(update, "checksum")));
        Assert.Equal(0, update.GetProperty("unfilled_quantity").GetInt32());
        Fixture.SameShape(Fixture.Data("orders.json")[0], update);
    }

    [Fact]
    public async Task Postbacks_carry_the_checksum_of_order_time_and_secret()
    {
        var posted = Channel.CreateUnbounded<JsonElement>();
        await using var app = await ListenAsync(posted.Writer);
        await using var mock = await MockExchange.StartStillAsync(("Broker:PostbackUrl", app.Urls.Single() + "/postback"));
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 10));
        await kite.SendAsync(HttpMethod.Delete, $"orders/regular/{id}");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Timeout);
        var body = await posted.Reader.ReadAsync(patience.Token);
        Assert.Equal((id, "CANCELLED"), (Text(body, "order_id"), Text(body, "status")));
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(id + Text(body, "order_timestamp") + "test_api_secret"));
        Assert.Equal(Convert.ToHexStringLower(expected), Text(body, "checksum"));
    }

    private static async Task<WebApplication> ListenAsync(ChannelWriter<JsonElement> posted)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/postback", async (HttpRequest request) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            await posted.WriteAsync(body.RootElement.Clone());
        });
        await app.StartAsync(Ct);
        return app;
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket socket, WebSocketMessageType type)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().WaitAsync(Timeout, Ct);
            Assert.True(part.EndOfMessage);
            if (part.MessageType == type)
            {
                return Encoding.UTF8.GetString(buffer, 0, part.Count);
            }
        }
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
