using System.IO.Compression;
using System.Net;
using AITrader.SentimentEngine.Fetching;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Http;

namespace AITrader.SentimentEngine.Tests.Fetching;

public sealed class PoliteFetcherTests : IAsyncLifetime
{
    private readonly ObservedTime _time = new();
    private FetchServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FetchServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // CommaFeed #1746, feedbin #726, newsboat #3340: one of the two was kept while the other had changed.
    [Fact]
    public async Task Validators_are_sent_back_as_they_came_and_always_the_newest()
    {
        using var fetcher = Fetcher();
        _server.Answer = Respond(200, "a", ("ETag", "W/\"odd one"), ("Last-Modified", "a date of sorts"));
        var first = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
        Assert.Equal(new Validators("W/\"odd one", "a date of sorts"), first.Validators);

        _server.Answer = Respond(304, "", ("ETag", "\"2\""));
        var second = Assert.IsType<FetchOutcome.Unchanged>(await FetchAsync(fetcher, first.Validators));
        Assert.Equal(
            ("W/\"odd one", "a date of sorts"),
            (_server.Requests[1].IfNoneMatch.ToString(), _server.Requests[1].IfModifiedSince.ToString())
        );
        Assert.Equal(new Validators("\"2\"", "a date of sorts"), second.Validators);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_host_that_wants_to_be_left_alone_is_not_asked_before(int status)
    {
        using var fetcher = Fetcher();
        _server.Answer = Respond(status, "", ("Retry-After", "120"));
        Assert.Equal(TimeSpan.FromSeconds(120), Assert.IsType<FetchOutcome.Refused>(await FetchAsync(fetcher)).Pause);
        _server.Answer = Respond(200, "a");

        // Another page of the same host is not asked for either.
        var other = Assert.IsType<FetchOutcome.Refused>(await fetcher.FetchAsync(new FetchRequest(new Uri(_server.Root, "/other")), Ct));
        Assert.Equal(TimeSpan.FromSeconds(120), other.Pause);
        Assert.Single(_server.Requests);
        _time.Advance(TimeSpan.FromSeconds(121));
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(fetcher));
    }

    [Theory]
    [InlineData("3600", 3600.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Mon, 02 Mar 2026 12:05:00 GMT", 300.0)]
    [InlineData("86400000", 86400.0)]
    [InlineData("Mon, 02 Mar 2026 11:00:00 GMT", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void A_pause_is_read_from_seconds_and_from_dates(string text, double? seconds) =>
        Assert.Equal(
            seconds is { } known ? TimeSpan.FromSeconds(known) : null,
            RetryAfter.Read(text, new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero))
        );

    [Fact]
    public async Task Two_requests_to_one_host_are_kept_apart()
    {
        using var fetcher = Fetcher(static options => options.HostInterval = TimeSpan.FromSeconds(3));
        _server.Answer = Respond(200, "a");
        await FetchAsync(fetcher);
        var second = FetchAsync(fetcher);
        await Eventually.TrueAsync(() => _time.Waits > 0, "the second waits");
        Assert.Single(_server.Requests);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.IsType<FetchOutcome.Fetched>(await second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Too_large_an_answer_is_refused_unpacked_or_not(bool isPacked)
    {
        using var fetcher = Fetcher(static options => options.MaxBytes = 100_000);
        _server.Answer = async context =>
        {
            if (isPacked)
            {
                context.Response.Headers.ContentEncoding = "gzip";
                await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
                await packed.WriteAsync(new byte[10_000_000]);
            }
            else
            {
                await context.Response.Body.WriteAsync(new byte[200_000]);
            }
        };
        Assert.Contains("more than 100000 bytes", Reason(await FetchAsync(fetcher)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_are_followed_and_a_token_stays_with_its_host()
    {
        await using var other = await FetchServer.StartAsync();
        other.Answer = Respond(200, "there");
        _server.Answer = context =>
        {
            context.Response.Redirect(context.Request.Path == "/" ? "/next" : other.Root.AbsoluteUri);
            return Task.CompletedTask;
        };
        using var fetcher = Fetcher(options => options.AllowedPrivate.Add(other.Root.Authority));
        var answer = Assert.IsType<FetchOutcome.Fetched>(
            await fetcher.FetchAsync(new FetchRequest(_server.Root, BearerToken: "secret"), Ct)
        );
        Assert.Equal("there"u8.ToArray(), answer.Content);
        Assert.All(_server.Requests, static request => Assert.Equal("Bearer secret", request.Authorization.ToString()));
        Assert.Equal(string.Empty, other.Requests.Single().Authorization.ToString());
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "169.254.169.254")]
    [InlineData("http://[::ffff:10.0.0.1]/", "10.0.0.1")]
    [InlineData("http://2130706433/", "127.0.0.1")]
    [InlineData("http://localhost:1/", "not a public address")]
    [InlineData("file:///etc/passwd", "redirects to file")]
    [InlineData("/", "more than 5 times")]
    public async Task A_redirect_to_where_nobody_may_go_is_refused(string location, string reason)
    {
        using var fetcher = Fetcher();
        _server.Answer = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        };
        Assert.Contains(reason, Reason(await FetchAsync(fetcher)), StringComparison.Ordinal);
    }

    // token-enhancer #4, worldmonitor #5921: checked at one address, connected to another.
    [Fact]
    public async Task A_name_is_resolved_once_and_its_checked_address_is_connected_to()
    {
        var asked = 0;
        var connector = new GuardedConnector([], (_, _) =>
        {
            asked++;
            return Task.FromResult<IPAddress[]>(asked == 1 ? [IPAddress.Parse("93.184.215.14")] : [IPAddress.Loopback]);
        });
        Assert.Equal([IPAddress.Parse("93.184.215.14")], await connector.AddressesAsync("rebind.example", 80, Ct));
        Assert.Equal(1, asked);
        await Assert.ThrowsAsync<RefusedAddressException>(() => connector.AddressesAsync("rebind.example", 80, Ct));
    }

    [Fact]
    public async Task A_name_with_one_private_address_among_public_ones_is_refused()
    {
        var connector = new GuardedConnector([], static (_, _) =>
            Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8"), IPAddress.IPv6Loopback])
        );
        var refusal = await Assert.ThrowsAsync<RefusedAddressException>(() => connector.AddressesAsync("mixed.example", 443, Ct));
        Assert.Contains("Fetch:AllowedPrivate", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'mixed.example:443'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_this_machine_is_asked_only_where_it_is_allowed()
    {
        using var fetcher = Fetcher(static options => options.AllowedPrivate.Clear());
        Assert.Contains("not a public address", Reason(await FetchAsync(fetcher)), StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Whatever_a_server_does_there_is_an_outcome()
    {
        using var fetcher = Fetcher(static options => options.Timeout = TimeSpan.FromMilliseconds(300));
        _server.Answer = Respond(404, "");
        Assert.Contains("answered 404", Reason(await FetchAsync(fetcher)), StringComparison.Ordinal);
        _server.Answer = static context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.IsType<FetchOutcome.Refused>(await FetchAsync(fetcher));
        _server.Answer = static context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
        Assert.Contains("did not answer within 0.3 s", Reason(await FetchAsync(fetcher)), StringComparison.Ordinal);
        _server.Answer = Respond(200, "this is no gzip at all, whatever is said", ("Content-Encoding", "gzip"));
        Assert.IsType<FetchOutcome.Refused>(await FetchAsync(fetcher));
    }

    private PoliteFetcher Fetcher(Action<FetchOptions>? change = null)
    {
        var options = new FetchOptions { HostInterval = TimeSpan.Zero };
        options.AllowedPrivate.Add(_server.Root.Authority);
        change?.Invoke(options);
        return new PoliteFetcher(options, _time, static (host, ct) => Dns.GetHostAddressesAsync(host, ct));
    }

    private Task<FetchOutcome> FetchAsync(PoliteFetcher fetcher, Validators? validators = null) =>
        fetcher.FetchAsync(new FetchRequest(_server.Root, validators), Ct);

    private static string Reason(FetchOutcome outcome) => Assert.IsType<FetchOutcome.Refused>(outcome).Reason;

    private static RequestDelegate Respond(int status, string body, params (string Name, string Value)[] headers) =>
        async context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            if (body.Length > 0)
            {
                await context.Response.WriteAsync(body);
            }
        };
}
