using System.Net;
using System.Net.Http.Json;
using AITrader.Backend.Traffic;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Tests;

public sealed class TrafficTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_user_cannot_flood_the_gateway_and_another_does_not_notice()
    {
        await using var strict = await StartAsync(("Traffic:Burst", "5"), ("Traffic:RequestsPerSecond", "1"));
        using var client = await strict.ClientAsync();

        var answers = await StatusesAsync(client, 20);

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Contains(HttpStatusCode.OK, answers);
        using var trader = strict.ClientOf("trader");
        Assert.Equal([HttpStatusCode.OK], await StatusesAsync(trader, 1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl")]
    public async Task Refusing_tokens_is_limited_too_and_right_ones_at_the_same_address_pass(string? token)
    {
        await using var strict = await StartAsync(("Traffic:AnonymousBurst", "20"), ("Traffic:AnonymousPerSecond", "1"));
        using var guesser = token is null ? new HttpClient { BaseAddress = strict.Address } : strict.ClientWith(token);
        var start = TimeProvider.System.GetTimestamp();

        var answers = await StatusesAsync(guesser, 500);

        var refused = answers.Count(static status => status == HttpStatusCode.Unauthorized);
        Assert.InRange(refused, 20, 22 + (int)TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        Assert.Equal(500, refused + answers.Count(static status => status == HttpStatusCode.TooManyRequests));
        using var trader = strict.ClientOf("trader");
        Assert.Equal([HttpStatusCode.OK], (await StatusesAsync(trader, 10)).Distinct());
        using var signedIn = await strict.ClientAsync();
        Assert.Equal([HttpStatusCode.OK], await StatusesAsync(signedIn, 1));
    }

    [Fact]
    public async Task One_address_is_limited_before_anybody_looks_at_its_tokens()
    {
        await using var strict = await StartAsync(("Traffic:AddressBurst", "10"), ("Traffic:AddressPerSecond", "1"));
        using var trader = strict.ClientOf("trader");

        var answers = await StatusesAsync(trader, 40);

        Assert.Contains(HttpStatusCode.OK, answers);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Fact]
    public async Task A_refusal_says_when_to_come_again_and_each_answer_what_is_left()
    {
        await using var strict = await StartAsync(("Traffic:Burst", "4"), ("Traffic:RequestsPerSecond", "1"));
        using var trader = strict.ClientOf("trader");

        using var first = await trader.GetAsync("/api/v1/positions", Ct);
        Assert.Equal(("4", "3", "1", "4;w=4"), RateLimit(first));
        Assert.Null(first.Headers.RetryAfter);

        HttpResponseMessage refused;
        do
        {
            refused = await trader.GetAsync("/api/v1/positions", Ct);
        } while (refused.StatusCode == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(("4", "0", "4", "4;w=4"), RateLimit(refused));
        Assert.Equal(1, refused.Headers.RetryAfter?.Delta?.TotalSeconds);
        var problem = await Gateway.JsonAsync(refused);
        Assert.Equal("urn:aitrader:backend:too-many-requests", problem.GetProperty("type").GetString());
        Assert.Contains("Retry-After", problem.GetProperty("detail").GetString());
        refused.Dispose();
    }

    [Fact]
    public async Task Probes_are_never_limited()
    {
        await using var strict = await StartAsync(
            ("Traffic:AddressBurst", "1"),
            ("Traffic:AddressPerSecond", "1"),
            ("Traffic:AnonymousBurst", "1")
        );

        for (var n = 0; n < 20; n++)
        {
            using var answer = await strict.Anonymous.GetAsync("/alive", Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    // ASPNETCORE_FORWARDEDHEADERS_ENABLED is what Aspire sets when it publishes; alone it believes everybody.
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Who_is_no_known_proxy_cannot_make_addresses_up(string switchOfTheFramework)
    {
        await using var strict = await StartAsync(
            ("Traffic:SignInsPerMinute", "2"),
            ("ForwardedHeaders_Enabled", switchOfTheFramework),
            ("Traffic:KnownProxies:0", "192.0.2.1")
        );

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests],
            [await GuessAsync(strict, "203.0.113.1"), await GuessAsync(strict, "203.0.113.2"), await GuessAsync(strict, "203.0.113.3")]
        );
    }

    [Fact]
    public async Task Without_a_known_proxy_nobody_can()
    {
        await using var strict = await StartAsync(("Traffic:SignInsPerMinute", "1"), ("ForwardedHeaders_Enabled", "true"));

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests],
            [await GuessAsync(strict, "203.0.113.1"), await GuessAsync(strict, "203.0.113.2")]
        );
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task Behind_a_known_proxy_each_client_counts_by_itself_and_cannot_pretend_to_be_another(string proxy)
    {
        await using var strict = await StartAsync(("Traffic:SignInsPerMinute", "1"), ("Traffic:KnownProxies:0", proxy));

        Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(strict, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(strict, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(strict, "203.0.113.2"));

        // What the client wrote itself stands before what the proxy added.
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(strict, "198.51.100.7, 203.0.113.1"));
    }

    [Fact]
    public async Task A_proxy_that_nobody_can_read_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("Traffic:KnownProxies:0", "10.0.0.0/99")));

        Assert.Contains("10.0.0.0/99", failure.Message);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("::1", "::1")]
    public void An_address_counts_as_what_one_customer_has(string address, string expected) =>
        Assert.Equal(expected, ClientAddress.Of(IPAddress.Parse(address)));

    private static (string, string, string, string) RateLimit(HttpResponseMessage answer)
    {
        string Header(string name) => Assert.Single(answer.Headers.GetValues($"RateLimit-{name}"));
        return (Header("Limit"), Header("Remaining"), Header("Reset"), Header("Policy"));
    }

    private static async Task<HttpStatusCode[]> StatusesAsync(HttpClient client, int requests) =>
        await Task.WhenAll(
            Enumerable
                .Range(0, requests)
                .Select(async _ =>
                {
                    using var answer = await client.GetAsync("/api/v1/positions", Ct);
                    return answer.StatusCode;
                })
        );

    private static async Task<HttpStatusCode> GuessAsync(Gateway gateway, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/sign-in")
        {
            Content = JsonContent.Create(new { code = "guess" }),
        };
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await gateway.Anonymous.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private Task<Gateway> StartAsync(params (string, string)[] settings) => Gateway.StartAsync(fixture.Database, fixture.Redis, settings);
}
