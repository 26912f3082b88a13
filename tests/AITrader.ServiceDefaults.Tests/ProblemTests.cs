using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AITrader.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AITrader.ServiceDefaults.Tests;

public sealed class ProblemTests
{
    public static TheoryData<string> Environments { get; } = ["Production", "Development"];

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task A_malformed_body_is_the_callers_mistake(string environment)
    {
        await using var probe = await StartAsync(environment);
        foreach (
            var body in new[]
            {
                "{",
                "[]",
                """{"max_notional":"x","symbol":"A"}""",
                """{"max_notional":1}""",
                """{"max_notional":1,"symbol":null}""",
            }
        )
        {
            var problem = await PostAsync(probe, body, HttpStatusCode.BadRequest);
            Assert.Equal("urn:aitrader:probe:malformed-body", problem.GetProperty("type").GetString());
            Assert.DoesNotContain("AITrader.", problem.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task An_unknown_member_is_refused_by_name(string environment)
    {
        await using var probe = await StartAsync(environment);
        var problem = await PostAsync(probe, """{"max_notional":1,"symbol":"A","extra":2}""", HttpStatusCode.BadRequest);
        Assert.Contains("unknown member", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("extra", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"max_notional":1,"symbol":"A\u0000"}""", "'symbol'")]
    [InlineData("""{"max_notional":1,"symbol":"\ud800"}""", "'symbol'")]
    public async Task Text_of_a_body_that_no_column_holds_is_the_callers_mistake(string body, string place)
    {
        await using var probe = await StartAsync("Production");
        var problem = await PostAsync(probe, body, HttpStatusCode.BadRequest);
        Assert.Equal("urn:aitrader:probe:malformed-body", problem.GetProperty("type").GetString());
        Assert.Contains(place, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refused_character_is_named()
    {
        await using var probe = await StartAsync("Production");
        var problem = await PostAsync(probe, """{"max_notional":1,"symbol":"\u0000"}""", HttpStatusCode.BadRequest);
        Assert.Equal(
            "The JSON body holds the character U+0000, which no text can hold here, at 'symbol', line 1.",
            problem.GetProperty("detail").GetString()
        );
    }

    [Theory]
    [InlineData("/limits?symbol=A%00")]
    [InlineData("/limits?sym%00bol=A")]
    [InlineData("/limits?symbol=A&symbol=B%00")]
    [InlineData("/limits/A%00")]
    public async Task Text_of_an_address_that_no_column_holds_is_the_callers_mistake(string address)
    {
        await using var probe = await StartAsync("Production");
        using var response = await probe.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(null, 503)]
    [InlineData("08006", 503)]
    [InlineData("28P01", 503)]
    [InlineData("3D000", 503)]
    [InlineData("40P01", 503)]
    [InlineData("42P01", 503)]
    [InlineData("53300", 503)]
    [InlineData("57P01", 503)]
    [InlineData("22021", 500)]
    [InlineData("22003", 500)]
    [InlineData("23505", 500)]
    [InlineData("42601", 500)]
    public async Task Only_what_a_database_says_of_itself_is_an_outage(string? state, int status)
    {
        await using var probe = await Probe.StartAsync(map: app =>
            app.MapGet("/query", string () => throw new InvalidOperationException("save", new Refusal(state)))
        );
        using var response = await probe.Client.GetAsync("/query", TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Json_is_snake_case_both_ways()
    {
        await using var probe = await StartAsync("Production");
        using var response = await probe.Client.PostAsync(
            "/limits",
            Json("""{"max_notional":1.50,"symbol":"A"}"""),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            """{"max_notional":1.50,"symbol":"A"}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task A_bug_is_a_problem_without_a_stack_trace_even_for_a_browser(string environment)
    {
        await using var probe = await StartAsync(environment);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/bug");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var response = await probe.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("urn:aitrader:probe:internal-error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not-found")]
    [InlineData("DELETE", "/limits", 405, "method-not-allowed")]
    [InlineData("GET", "/outage", 503, "dependency-unavailable")]
    [InlineData("GET", "/refused", 409, "stale-version")]
    public async Task Every_failure_has_the_same_shape(string method, string path, int status, string reason)
    {
        await using var probe = await StartAsync("Production");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Correlation-Id", "abc");
        using var response = await probe.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal($"urn:aitrader:probe:{reason}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal("abc", problem.GetProperty("correlation_id").GetString());
        Assert.Equal(32, problem.GetProperty("trace_id").GetString()!.Length);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var probe = await StartAsync("Production", ("Http:MaxRequestBodyBytes", "100"));
        await PostAsync(probe, $$"""{"max_notional":1,"symbol":"{{new string('A', 200)}}"}""", HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Answers_carry_security_headers_and_no_server_name()
    {
        await using var probe = await StartAsync("Production");
        using var response = await probe.Client.GetAsync("/nowhere", TestContext.Current.CancellationToken);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Contains(
            "default-src 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.False(response.Headers.Contains("Server"));
    }

    private static Task<Probe> StartAsync(string environment, params (string, string)[] settings) =>
        Probe.StartAsync(environment: environment, settings: settings, map: static app =>
        {
            app.MapPost("/limits", static (Limit limit) => limit);
            app.MapGet("/limits", static (string[] symbol) => symbol);
            app.MapGet("/limits/{symbol}", static (string symbol) => symbol);
            app.MapGet("/bug", static string () => throw new InvalidOperationException("password=hunter2"));
            app.MapGet("/outage", static string () => throw new TimeoutException("db:5432 does not answer"));
            app.MapGet("/refused", static () =>
                ServiceProblem.Of(StatusCodes.Status409Conflict, "stale-version", "Version 3 was expected.")
            );
        });

    private static async Task<JsonElement> PostAsync(Probe probe, string body, HttpStatusCode expected)
    {
        using var response = await probe.Client.PostAsync("/limits", Json(body), TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    internal sealed record Limit(decimal MaxNotional, string Symbol);

    private sealed class Refusal(string? state) : System.Data.Common.DbException("refused")
    {
        public override string? SqlState => state;
    }
}
