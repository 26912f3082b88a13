using System.Net;
using System.Net.Http.Json;
using AITrader.Backend.Auth;
using AITrader.ServiceDefaults.Ids;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Tests;

public sealed class AuthTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/status")]
    [InlineData("/api/signals")]
    [InlineData("/api/v1/orders")]
    [InlineData("/api/v1/trades")]
    [InlineData("/api/v1/positions")]
    [InlineData("/api/v1/decisions/4b4f7f0e-0000-0000-0000-000000000000")]
    [InlineData("/api/ws/monitor")]
    [InlineData("/openapi/v1.json")]
    public async Task Everything_asks_for_a_token(string path)
    {
        using var answer = await fixture.Gateway.Anonymous.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("urn:aitrader:backend:", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public void No_endpoint_is_open_but_probes_metrics_and_those_that_ask_for_a_code_or_a_key()
    {
        var open = fixture
            .Gateway.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
            .Select(static endpoint => endpoint.RoutePattern.RawText!.TrimEnd('/'));

        Assert.Equal(
            ["/alive", "/api/auth/links", "/api/auth/sign-in", "/health", "/metrics", "/ready"],
            open.Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/ready")]
    [InlineData("/metrics")]
    public async Task Probes_are_open(string path)
    {
        using var answer = await fixture.Gateway.Anonymous.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Expired_token_is_refused()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(Token(TimeProvider.System)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(Token(new Yesterday())));
    }

    [Fact]
    public async Task Token_of_another_key_is_refused()
    {
        var forged = Token(TimeProvider.System, key: new string('x', 40));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(forged));
    }

    [Fact]
    public async Task Viewer_may_look_but_not_halt()
    {
        using var client = fixture.Gateway.ClientOf("viewer");
        using var look = await client.GetAsync("/api/v1/positions", Ct);
        using var halt = await client.PostAsJsonAsync("/api/v1/trading-state", new { state = "HALTED", reason = "x" }, Ct);

        Assert.Equal(HttpStatusCode.OK, look.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, halt.StatusCode);
        Assert.Equal("application/problem+json", halt.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Foreign_pages_may_not_call()
    {
        await using var open = await Gateway.StartAsync(
            fixture.Database,
            fixture.Redis,
            ("Traffic:AllowedOrigins:0", "https://desk.example")
        );

        Assert.False(await AllowsAsync(fixture.Gateway, "https://evil.example"));
        Assert.False(await AllowsAsync(open, "https://evil.example"));
        Assert.True(await AllowsAsync(open, "https://desk.example"));
    }

    [Fact]
    public async Task Weak_secrets_stop_the_start()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            Gateway.StartAsync(fixture.Database, fixture.Redis, ("Auth:SigningKey", "short"), ("Auth:AdminKey", "only-21-characters---"))
        );

        Assert.Contains("SigningKey", failure.Message);
        Assert.Contains("AdminKey", failure.Message);
        Assert.DoesNotContain("only-21", failure.Message);
    }

    private static async Task<bool> AllowsAsync(Gateway gateway, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/status");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var answer = await gateway.Anonymous.SendAsync(request, Ct);
        return answer.Headers.Contains("Access-Control-Allow-Origin");
    }

    private static string Token(TimeProvider time, string key = Gateway.SigningKey)
    {
        var tokens = new SessionTokens(Options.Create(new AuthOptions { SigningKey = key }), new TimeOrderedIds(time, 1), time);
        return tokens.Issue(GatewayFixture.UserRow("trader")).Token;
    }

    private async Task<HttpStatusCode> StatusWithAsync(string token)
    {
        using var client = fixture.Gateway.ClientWith(token);
        using var answer = await client.GetAsync("/api/v1/positions", Ct);
        return answer.StatusCode;
    }

    private sealed class Yesterday : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(-1);
    }
}
