using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AITrader.TestSupport;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>The broker posts of orders to the gateway, which hands that to the engine: three processes, and a poll that is far
/// away.</summary>
public sealed partial class PostbackTests : IAsyncLifetime
{
    private const string Path = "/api/v1/broker/postback";
    private const string Key = "service-key-of-the-postback-tests-0001";

    private static readonly TimeSpan FarBelowThePoll = TimeSpan.FromSeconds(30);
    private static readonly (string, string)[] Deaf =
    [
        ("Broker:PollInterval", "00:01:00"),
        ("Kite:OrderUpdates", "false"),
        ("ServiceAuth:Key", Key),
    ];

    private readonly int _port = FreePort.Find();
    private BrokerBench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task An_order_is_filled_as_soon_as_the_broker_posts_of_it()
    {
        _bench = await BrokerBench.StartAsync(("Broker:PostbackUrl", $"http://127.0.0.1:{_port}{Path}"));
        await using var engine = await _bench.StartProcessAsync(Deaf);
        await using var gateway = await StartGatewayAsync(engine, ("Postbacks:Enabled", "true"));
        var order = await FillLateAsync();
        var begin = TimeProvider.System.GetTimestamp();
        await _bench.UntilAsync(order, "FILLED");
        Assert.True(TimeProvider.System.GetElapsedTime(begin) < FarBelowThePoll);
        await _bench.AssertBooksAsync();
        Assert.True(await CountAsync(engine, "heeded") > 0);
    }

    [Fact]
    public async Task Only_a_new_one_of_an_open_order_with_the_right_checksum_is_heeded_and_none_is_booked()
    {
        _bench = await BrokerBench.StartAsync();
        await using var engine = await _bench.StartProcessAsync(Deaf);
        await using var gateway = await StartGatewayAsync(engine, ("Postbacks:Enabled", "true"));
        var order = await FillLateAsync();
        var genuine = await BodyAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(gateway, await BodyAsync("another secret")));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(gateway, "order_id=1&checksum=2"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(gateway, new string(' ', 20_000) + genuine));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(gateway, await BodyAsync(order: "9")));
        await Task.Delay(1_000, Ct);
        Assert.NotEqual("FILLED", (await _bench.RowAsync(order)).Status);

        Assert.Equal(
            HttpStatusCode.NoContent,
            await PostAsync(gateway, genuine.Replace("\"filled_quantity\":10", "\"filled_quantity\":999", StringComparison.Ordinal))
        );
        await _bench.UntilAsync(order, "FILLED");
        Assert.Equal(10m, (await _bench.RowAsync(order)).FilledQuantity);
        await _bench.AssertBooksAsync();
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(gateway, genuine));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(gateway, genuine));
        Assert.Equal(
            (1, 1, 1, 2, 1),
            (
                await CountAsync(engine, "forged"),
                await CountAsync(engine, "unreadable"),
                await CountAsync(engine, "heeded"),
                await CountAsync(engine, "not_open"),
                await CountAsync(engine, "repeated")
            )
        );
    }

    [Fact]
    public async Task The_door_is_closed_unless_a_setting_opens_it_and_the_engines_own_is_for_services()
    {
        _bench = await BrokerBench.StartAsync();
        await using var engine = await _bench.StartProcessAsync(Deaf);
        await using (var closed = await StartGatewayAsync(engine))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(closed, "{}"));
        }

        using var content = new StringContent("{}");
        using var answer = await engine.Client.PostAsync(new Uri("/broker/postback", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await engine.KillAsync();
        await using var gateway = await StartGatewayAsync(engine, ("Postbacks:Enabled", "true"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(gateway, "{}"));
    }

    // Fills long after the look that follows its answer.
    private async Task<Guid> FillLateAsync()
    {
        await _bench.FaultAsync("orders/late?seconds=3");
        var (order, number) = (await _bench.SendAsync(BrokerBench.Message(1)), 1);
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (orders, _) = await _bench.LedgerAsync();
            if (orders is [var row] && BrokerBench.Text(row, "status") == "COMPLETE")
            {
                return order;
            }

            // On a machine that is busy the engine may have lost its lease, and compares the books anew.
            var ours = await _bench.RowAsync(order);
            if (ours is { Status: "DENIED", Reason: "NOT_RECONCILED" })
            {
                order = await _bench.SendAsync(BrokerBench.Message(++number));
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(begin) < FarBelowThePoll,
                $"{ours.Status} {ours.Reason} at the broker: {string.Join(';', orders)}"
            );
            await Task.Delay(100, Ct);
        }
    }

    private Task<ServiceProcess> StartGatewayAsync(ServiceProcess engine, params (string, string)[] settings) =>
        ServiceProcess.StartAsync(
            "AITrader.Backend",
            [
                ("urls", $"http://127.0.0.1:{_port}"),
                .. _bench.Bench.GatewayConnections,
                ("Auth:SigningKey", "0123456789abcdef0123456789abcdef-test"),
                ("Auth:AdminKey", "open-sesame-of-the-test-42"),
                ("ServiceAuth:Key", Key),
                ("services:execution-engine:http:0", engine.Client.BaseAddress!.ToString()),
                .. settings,
            ]
        );

    // As Kite posts it.
    private async Task<string> BodyAsync(string secret = "test_api_secret", string? order = null)
    {
        var row = (await _bench.LedgerAsync()).Orders[0];
        var body = row.EnumerateObject().ToDictionary(static field => field.Name, static field => (object)field.Value);
        var id = order ?? BrokerBench.Text(row, "order_id");
        body["order_id"] = id;
        if (order is not null)
        {
            body["tag"] = "foreign";
        }

        body["checksum"] = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(id + BrokerBench.Text(row, "order_timestamp") + secret))
        );
        return JsonSerializer.Serialize(body);
    }

    private static async Task<HttpStatusCode> PostAsync(ServiceProcess gateway, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await gateway.Client.PostAsync(new Uri(Path, UriKind.Relative), content, Ct);
        if (!answer.IsSuccessStatusCode)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        return answer.StatusCode;
    }

    private static async Task<int> CountAsync(ServiceProcess engine, string outcome)
    {
        var text = await engine.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct);
        return Counts()
            .Matches(text)
            .Where(match => match.Groups[1].Value == outcome)
            .Sum(static match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""aitrader_execution_postbacks_total\{[^}]*outcome="(\w+)"[^}]*\} (\d+)""")]
    private static partial Regex Counts();
}
