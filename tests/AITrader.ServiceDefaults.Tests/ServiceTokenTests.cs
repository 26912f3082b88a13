using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.ServiceDefaults.Tests;

public sealed class ServiceTokenTests
{
    private static readonly (string, string) KeySetting = ("ServiceAuth:Key", Probe.Key);

    [Fact]
    public async Task A_service_lets_in_whoever_has_a_token_for_it()
    {
        await using var callee = await StartCalleeAsync(KeySetting);
        Assert.Equal("caller", await CallAsync(callee, "callee"));
        Assert.Equal("caller", await CallAsync(callee, "other", "callee"));
    }

    [Fact]
    public async Task A_token_for_another_service_is_refused()
    {
        await using var callee = await StartCalleeAsync(KeySetting);
        Assert.Contains("another service", await CallAsync(callee, "other"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_another_key_is_refused()
    {
        await using var callee = await StartCalleeAsync(("ServiceAuth:Key", Probe.Key + "!"));
        Assert.Contains("not valid", await CallAsync(callee, "callee"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJhdWQiOiJjYWxsZWUiLCJpc3MiOiJhaXRyYWRlciIsInN1YiI6ImNhbGxlciIsImV4cCI6OTk5OTk5OTk5OX0.")]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic Zm9vOmJhcg==")]
    [InlineData(null)]
    public async Task Anything_else_is_refused(string? authorization)
    {
        await using var callee = await StartCalleeAsync(KeySetting);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/inside");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await callee.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("urn:aitrader:callee:service-token-required", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_token_is_good_for_its_minute_and_renewed_in_time()
    {
        var time = new FakeTimeProvider();
        await using var callee = await StartCalleeAsync(time, KeySetting);
        var tokens = callee.Services.GetRequiredService<ServiceTokens>();
        var token = tokens.Issue(["callee"])!;
        Assert.Same(token, tokens.Issue(["callee"]));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(callee, token));
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.NotEqual(token, tokens.Issue(["callee"]));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(callee, token));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(callee, token));
    }

    [Fact]
    public async Task Without_a_key_the_door_is_closed_and_ready_says_so()
    {
        await using var callee = await StartCalleeAsync();
        Assert.Contains("ServiceAuth:Key is not configured", await CallAsync(callee, "callee"), StringComparison.Ordinal);
        var report = await callee.JsonAsync("/ready");
        Assert.Equal("degraded", report.GetProperty("status").GetString());
        Assert.Contains("ServiceAuth:Key is not configured", report.GetRawText(), StringComparison.Ordinal);
    }

    private static Task<Probe> StartCalleeAsync(params (string, string)[] settings) => StartCalleeAsync(TimeProvider.System, settings);

    private static Task<Probe> StartCalleeAsync(TimeProvider time, params (string, string)[] settings) =>
        Probe.StartAsync(
            builder => builder.Services.AddSingleton(time),
            static app =>
                app.MapGet("/inside", static (System.Security.Claims.ClaimsPrincipal user) => user.Identity!.Name).RequireServiceToken(),
            name: "AITrader.Callee",
            settings: settings
        );

    private static async Task<HttpStatusCode> SendAsync(Probe callee, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/inside");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await callee.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<string> CallAsync(Probe callee, params string[] audiences)
    {
        await using var caller = await Probe.StartAsync(
            builder => builder.Services.AddHttpClient("callee").AddServiceToken(audiences),
            name: "AITrader.Caller",
            settings: KeySetting
        );
        using var client = caller.Services.GetRequiredService<IHttpClientFactory>().CreateClient("callee");
        using var response = await client.GetAsync(new Uri(callee.Client.BaseAddress!, "/inside"), TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
