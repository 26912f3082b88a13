using System.Net;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.SentimentEngine.Tests;

/// <summary>The real engine beside the real finbert-server, and beside impostors of it.</summary>
public sealed class SentimentEngineTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task It_tells_finbert_servers_own_reason_on_ready_and_to_callers()
    {
        await using var finbert = await ServiceProcess.StartAsync("AITrader.FinBertServer", ("FinBert:ModelsFolder", "/nowhere"));
        await using var engine = await StartAsync(finbert.Client.BaseAddress!);
        await EngineFixture.UntilAsync(
            async () => (await EngineFixture.ReasonAsync(engine)).Contains("no model finbert-tone is installed", StringComparison.Ordinal),
            "the reason"
        );
        var (status, problem) = await EngineFixture.AskAsync(engine, "/sentiment/TCS");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("urn:aitrader:sentiment-engine:no-model", problem.GetProperty("type").GetString());
        Assert.Contains("no model finbert-tone is installed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_well_without_finbert_server_and_notices_when_that_comes_and_goes()
    {
        var port = FreePort.Find();
        await using var engine = await StartAsync(new Uri($"http://127.0.0.1:{port}"));
        await EngineFixture.UntilAsync(
            async () => (await EngineFixture.ReasonAsync(engine)).Contains("cannot be reached", StringComparison.Ordinal),
            "unreachable"
        );
        await using (await ImpostorAsync(port, """{"checks":[{"name":"model","description":"fine","data":{"can_classify":true}}]}"""))
        {
            await EngineFixture.UntilAsync(
                async () => (await EngineFixture.ReasonAsync(engine)).Contains("no source of texts", StringComparison.Ordinal),
                "a classifier"
            );
            var (status, problem) = await EngineFixture.AskAsync(engine, "/sentiment/TCS");
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Equal("urn:aitrader:sentiment-engine:no-reading", problem.GetProperty("type").GetString());
        }

        await EngineFixture.UntilAsync(
            async () => (await EngineFixture.ReasonAsync(engine)).Contains("cannot be reached", StringComparison.Ordinal),
            "unreachable again"
        );
        // The console's lines come a moment after what they tell.
        await EngineFixture.UntilAsync(
            () => Task.FromResult(engine.Output.Count(static line => line.Contains("\"event_id\":8001", StringComparison.Ordinal)) == 3),
            "three changes, each logged once"
        );
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"checks":[1,{"name":7}]}""")]
    public async Task Nonsense_from_finbert_server_is_no_classifier(string answer)
    {
        var port = FreePort.Find();
        await using var impostor = await ImpostorAsync(port, answer);
        await using var engine = await StartAsync(new Uri($"http://127.0.0.1:{port}"));
        await EngineFixture.UntilAsync(
            async () =>
                (await EngineFixture.ReasonAsync(engine)).Contains("finbert-server ", StringComparison.Ordinal)
                && !(await EngineFixture.ReasonAsync(engine)).Contains("has not been asked", StringComparison.Ordinal),
            "an opinion"
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await EngineFixture.AskAsync(engine, "/sentiment/TCS")).Status);
    }

    [Fact]
    public async Task A_symbol_that_is_none_is_refused_and_so_is_a_caller_without_a_token()
    {
        await using var engine = await StartAsync(new Uri("http://127.0.0.1:1"));
        Assert.Equal(HttpStatusCode.BadRequest, (await EngineFixture.AskAsync(engine, "/sentiment/a%20b")).Status);
        using var response = await engine.Client.GetAsync("/sentiment/TCS", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_senseless_setting_stops_the_start_with_one_line()
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            "AITrader.SentimentEngine",
            ("ConnectionStrings:redis", "127.0.0.1:1"),
            ("ConnectionStrings:aitrader", "Host=127.0.0.1;Port=1"),
            ("Sentiment:PollInterval", "00:00:00")
        );
        Assert.Equal(1, exitCode);
        Assert.Equal(
            "sentiment-engine: cannot run: invalid settings: Sentiment:PollInterval must be at least 00:00:00.1000000",
            Assert.Single(errors)
        );
    }

    private async Task<ServiceProcess> StartAsync(Uri finbert) => await fixture.StartAsync(await EngineFixture.NewDatabaseAsync(), finbert);

    private static async Task<WebApplication> ImpostorAsync(int port, string answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapGet("/ready", () => answer);
        await app.StartAsync();
        return app;
    }
}
