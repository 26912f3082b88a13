using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AITrader.Backend.Auth;
using AITrader.ServiceDefaults.Ids;
using AITrader.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
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
    public void No_endpoint_is_open_but_probes_metrics_and_sign_in()
    {
        var open = fixture.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
            .Select(static endpoint => endpoint.RoutePattern.RawText!.TrimEnd('/'));

        Assert.Equal(["/alive", "/api/auth/sign-in", "/health", "/metrics", "/ready"], open.Distinct().Order(StringComparer.Ordinal));
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
    public async Task Right_code_gives_a_session_of_eight_hours_and_leaves_an_audit_event()
    {
        using var answer = await fixture.Gateway.Anonymous.PostAsJsonAsync("/api/auth/sign-in", new { code = Gateway.Code }, Ct);

        var session = await Gateway.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("admin", session.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal("admin", session.GetProperty("user").GetProperty("role").GetString());
        Assert.Equal(8, (session.GetProperty("expires_at").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).TotalHours, 0.1);
        await using var db = fixture.Gateway.NewContext();
        Assert.True(await db.AuditEvents.AnyAsync(static row => row.EventType == "auth.sign_in", Ct));
        Assert.Equal(1, await db.Users.CountAsync(static row => row.Username == "admin" && row.Role == "admin", Ct));
        Assert.Equal(1, await db.AuditEvents.CountAsync(static row => row.EventType == "user.created", Ct));
    }

    [Fact]
    public async Task Wrong_code_is_refused_and_remembered()
    {
        using var answer = await fixture.Gateway.Anonymous.PostAsJsonAsync("/api/auth/sign-in", new { code = "guess" }, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("urn:aitrader:backend:wrong-code", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
        await using var db = fixture.Gateway.NewContext();
        Assert.True(await db.AuditEvents.AnyAsync(static row => row.EventType == "auth.sign_in_refused", Ct));
    }

    [Theory]
    [InlineData("""{"code":42}""")]
    [InlineData("""{"password":"x"}""")]
    [InlineData("""{}""")]
    [InlineData("""not json""")]
    public async Task Malformed_sign_in_is_a_bad_request(string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var answer = await fixture.Gateway.Anonymous.PostAsync("/api/auth/sign-in", content, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Guessing_is_slowed_down()
    {
        await using var strict = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Traffic:SignInsPerMinute", "3"));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var refused = await strict.Anonymous.PostAsJsonAsync("/api/auth/sign-in", new { code = "guess" }, Ct);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var answer = await strict.Anonymous.PostAsJsonAsync("/api/auth/sign-in", new { code = Gateway.Code }, Ct);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task One_user_cannot_flood_the_gateway()
    {
        await using var strict = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Traffic:Burst", "5"), ("Traffic:RequestsPerSecond", "1"));
        using var client = await strict.ClientAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var answer = await client.GetAsync("/api/v1/positions", Ct);
            return answer.StatusCode;
        }));

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Contains(HttpStatusCode.OK, answers);
    }

    [Fact]
    public async Task Expired_token_is_refused()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(Token(TimeProvider.System, "admin")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(Token(new Yesterday(), "admin")));
    }

    [Fact]
    public async Task Token_of_another_key_is_refused()
    {
        var forged = Token(TimeProvider.System, "admin", key: new string('x', 40));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(forged));
    }

    [Fact]
    public async Task Viewer_may_look_but_not_halt()
    {
        using var client = ClientWith(Token(TimeProvider.System, "viewer"));
        using var look = await client.GetAsync("/api/v1/positions", Ct);
        using var halt = await client.PostAsJsonAsync("/api/v1/trading-state", new { state = "HALTED", reason = "x" }, Ct);

        Assert.Equal(HttpStatusCode.OK, look.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, halt.StatusCode);
        Assert.Equal("application/problem+json", halt.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Foreign_pages_may_not_call()
    {
        await using var open = await Gateway.StartAsync(fixture.Database, fixture.Redis, ("Traffic:AllowedOrigins:0", "https://desk.example"));

        Assert.False(await AllowsAsync(fixture.Gateway, "https://evil.example"));
        Assert.False(await AllowsAsync(open, "https://evil.example"));
        Assert.True(await AllowsAsync(open, "https://desk.example"));
    }

    [Fact]
    public async Task Weak_secrets_stop_the_start()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => Gateway.StartAsync(fixture.Database, fixture.Redis, ("Auth:SigningKey", "short"), ("Auth:SignInCode", "")));

        Assert.Contains("SigningKey", failure.Message);
        Assert.Contains("SignInCode", failure.Message);
    }

    private static async Task<bool> AllowsAsync(Gateway gateway, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/status");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var answer = await gateway.Anonymous.SendAsync(request, Ct);
        return answer.Headers.Contains("Access-Control-Allow-Origin");
    }

    private static string Token(TimeProvider time, string role, string key = Gateway.SigningKey)
    {
        var tokens = new SessionTokens(Options.Create(new AuthOptions { SigningKey = key }), new TimeOrderedIds(time, 1), time);
        return tokens.Issue(new UserRow { Id = GatewayFixture.Id("user"), Username = "someone", Role = role, CreatedAt = GatewayFixture.Time }).Token;
    }

    private HttpClient ClientWith(string token)
    {
        var client = new HttpClient { BaseAddress = fixture.Gateway.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<HttpStatusCode> StatusWithAsync(string token)
    {
        using var client = ClientWith(token);
        using var answer = await client.GetAsync("/api/v1/positions", Ct);
        return answer.StatusCode;
    }

    private sealed class Yesterday : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(-1);
    }
}
