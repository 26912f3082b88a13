using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Hosting.Home;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.Cli.Tests.Gateway;

/// <summary>Signing in, over HTTP, at a gateway that counts.</summary>
public sealed class GatewayClientTests : IAsyncLifetime
{
    private const string Key = "the-operator-s-key-22-chars";

    private readonly TemporaryHome _temporary = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
    private readonly HashSet<string> _codes = [];
    private readonly HashSet<string> _tokens = [];
    private readonly HostRecord _record = Records.Of(ProcessIdentity.Current);
    private WebApplication _gateway = null!;
    private int _links;
    private int _requests;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TokenStore Store => new(_temporary.Home, _time);

    private GatewayAddress Address => new(new Uri(_gateway.Urls.First()), new Uri("http://localhost:8080"), Key);

    public async ValueTask InitializeAsync()
    {
        await _temporary.Home.CreateAsync(Ct);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _gateway = builder.Build();
        _gateway.MapPost("/api/auth/links", MakeLink);
        _gateway.MapPost("/api/auth/sign-in", SignIn);
        _gateway.MapGet("/api/status", Status);
        _gateway.MapGet("/api/refused", static () =>
            Results.Problem(detail: "from is required.", statusCode: StatusCodes.Status400BadRequest)
        );
        await _gateway.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Thirty_commands_sign_in_once()
    {
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal("ok", await AskAsync());
        }

        Assert.Equal((1, 30), (_links, _requests));
    }

    [Fact]
    public async Task The_token_is_its_owners_only()
    {
        await AskAsync();

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(_temporary.Home.Run, "session.json"))
        );
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        await AskAsync();
        _tokens.Clear();

        Assert.Equal("ok", await AskAsync());
        Assert.Equal(2, _links);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_and_in_another_run()
    {
        await AskAsync();
        _time.Advance(TimeSpan.FromMinutes(59.5));
        await AskAsync();
        Assert.Equal(2, _links);

        Assert.Null(Store.Find("another run"));
    }

    [Fact]
    public async Task Where_each_token_is_refused_that_is_told()
    {
        using var signIn = new GatewaySignIn();
        using var client = new GatewayClient(_record, Address with { AdminKey = "wrong" }, signIn, Store);

        var refusal = await Assert.ThrowsAsync<GatewayRefusal>(() => client.GetAsync("/api/status", Ct));

        Assert.Equal("That is not the key.", refusal.Message);
    }

    [Fact]
    public async Task A_problem_becomes_a_refusal_in_its_words()
    {
        using var signIn = new GatewaySignIn();
        using var client = new GatewayClient(_record, Address, signIn, Store);

        var refusal = await Assert.ThrowsAsync<GatewayRefusal>(() => client.GetAsync("/api/refused", Ct));

        Assert.Equal(("from is required.", ExitCodes.Usage), (refusal.Message, refusal.ExitCode));
    }

    [Fact]
    public async Task A_gateway_that_is_away_is_named()
    {
        var address = Address with { Gateway = new Uri($"http://127.0.0.1:{TestSupport.FreePort.Find()}") };
        using var signIn = new GatewaySignIn();

        var refusal = await Assert.ThrowsAsync<Refusal>(() => signIn.MakeLinkAsync(address, Ct));

        Assert.StartsWith(
            $"the gateway at {address.Gateway.GetLeftPart(UriPartial.Authority)} does not answer",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Each_link_is_another_one()
    {
        using var signIn = new GatewaySignIn();

        var first = await signIn.MakeLinkAsync(Address, Ct);
        var second = await signIn.MakeLinkAsync(Address, Ct);

        Assert.StartsWith("http://localhost:8080/#sign-in=", first.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(first.Fragment, second.Fragment);
    }

    [Theory]
    [InlineData(
        """{"errors":{"Speed":["must be max or a number"],"Path":["is missing"]}}""",
        "Speed: must be max or a number; Path: is missing"
    )]
    [InlineData("""{"title":"Bad Request","detail":"say why"}""", "say why")]
    [InlineData("""{"title":"Bad Request"}""", "Bad Request")]
    [InlineData("<html>", "otherwise")]
    [InlineData("[]", "otherwise")]
    public void What_a_problem_says(string body, string expected) => Assert.Equal(expected, ProblemText.Of(body, "otherwise"));

    // A client for each command, as each is a process of its own.
    private async Task<string?> AskAsync()
    {
        using var signIn = new GatewaySignIn();
        using var client = new GatewayClient(_record, Address, signIn, Store);
        return (await client.GetAsync("/api/status", Ct)).GetProperty("status").GetString();
    }

    private IResult MakeLink(HttpRequest request)
    {
        if (request.Headers.Authorization != $"AdminKey {Key}")
        {
            return Results.Problem(detail: "That is not the key.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var code = $"ait_{++_links}";
        _codes.Add(code);
        return Results.Json(new { code, expires_at = _time.GetUtcNow().AddHours(1) }, statusCode: StatusCodes.Status201Created);
    }

    private IResult SignIn(Dictionary<string, string> body)
    {
        if (!_codes.Remove(body["code"]))
        {
            return Results.Problem(detail: "This code is used.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var token = $"token-{_links}";
        _tokens.Add(token);
        return Results.Json(new { token, expires_at = _time.GetUtcNow().AddHours(1) });
    }

    private IResult Status(HttpRequest request)
    {
        _requests++;
        return _tokens.Contains(request.Headers.Authorization.ToString().Replace("Bearer ", string.Empty, StringComparison.Ordinal))
            ? Results.Json(new { status = "ok" })
            : Results.Unauthorized();
    }
}
