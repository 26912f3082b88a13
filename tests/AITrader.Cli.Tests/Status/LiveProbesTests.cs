using System.Net;
using System.Net.Sockets;
using AITrader.Cli.Hosting;
using AITrader.Cli.Status;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Condition = AITrader.Cli.Hosting.Condition;

namespace AITrader.Cli.Tests.Status;

/// <summary>Real servers that answer, answer badly, and do not answer.</summary>
public sealed class LiveProbesTests : IDisposable
{
    private const string Silent = "no answer within 5 s";

    private readonly LiveProbes _probes = new(TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _probes.Dispose();

    [Fact]
    public async Task Redis_that_is_suspended_does_not_answer()
    {
        await using var redis = await RedisServer.StartAsync();
        var view = View("redis", $"tcp://127.0.0.1:{redis.Port}");
        Assert.Equal(new ProbeAnswer(true, null), await _probes.AskAsync(view, Ct));

        redis.Freeze();

        Assert.Equal(new ProbeAnswer(true, Silent), await _probes.AskAsync(view, Ct));
        redis.Thaw();
        Assert.Null((await _probes.AskAsync(view, Ct)).Problem);
    }

    [Fact]
    public async Task Postgres_that_answers_is_well_and_one_that_only_accepts_is_not()
    {
        await using var server = await PostgresServer.StartAsync();
        Assert.Equal(new ProbeAnswer(true, null), await _probes.AskAsync(View("postgres", $"tcp://127.0.0.1:{server.Port}"), Ct));

        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        Assert.Equal(Silent, (await _probes.AskAsync(View("postgres", $"tcp://{mute.LocalEndpoint}"), Ct)).Problem);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_cannot_be_reached() =>
        Assert.StartsWith(
            "cannot be reached",
            (await _probes.AskAsync(View("redis", $"tcp://127.0.0.1:{FreePort.Find()}"), Ct)).Problem,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_service_tells_its_reasons()
    {
        await using var service = await ServeAsync(
            """{"checks":[{"name":"bus","status":"unhealthy","description":"does not answer"},{"name":"model","status":"degraded","description":"no model"}]}"""
        );

        Assert.Equal("bus: does not answer", (await _probes.AskAsync(View("worker", service.Urls.First()), Ct)).Problem);
    }

    [Fact]
    public async Task An_answer_without_reasons_is_told_by_its_number()
    {
        await using var service = await ServeAsync("<html>");

        Assert.Equal("/health answers 503", (await _probes.AskAsync(View("worker", service.Urls.First()), Ct)).Problem);
    }

    [Fact]
    public async Task What_is_down_or_has_no_address_is_not_asked()
    {
        Assert.False((await _probes.AskAsync(View("worker", "http://localhost:1") with { Condition = Condition.Down }, Ct)).WasAsked);
        Assert.False((await _probes.AskAsync(View("migrations", "http://localhost:1") with { Urls = [] }, Ct)).WasAsked);
    }

    private static async Task<WebApplication> ServeAsync(string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/health", () => Results.Text(body, "application/json", statusCode: StatusCodes.Status503ServiceUnavailable));
        await app.StartAsync(Ct);
        return app;
    }

    private static ResourceView View(string name, string url) =>
        new($"{name}-x", name, "Executable", "Running", Condition.Healthy, string.Empty, 1, [new Uri(url)], 0, false, []);
}
