using AITrader.Inference.Client;
using AITrader.Inference.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.Inference.Tests.Client;

public sealed class OutcomeReporterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runner_that_won_a_race_scores_what_came_true()
    {
        using var files = new ModelFiles().AddPersistence(1, horizon: 3);
        await using var gpu = await RunnerHost.StartAsync(files);
        await using var cpu = await RunnerHost.StartAsync(files);
        using var host = Build(gpu.Address, cpu.Address);
        var outcome = await host
            .Services.GetRequiredService<IForecaster>()
            .ForecastAsync(new ForecastRequest([9, 100]) { Id = "signal-7" }, Token);
        var winner = Assert.IsType<ForecastOutcome.Answered>(outcome).Forecast.Provenance.Winner.Runner;

        var receipt = await ReportAsync(
            host,
            winner,
            new RealisedForecast("signal-7", 100, [101, 102, 103]),
            new RealisedForecast("never", 1, [1])
        );

        var scores = Assert.IsType<OutcomeReceipt.Taken>(receipt).Scores;
        Assert.Equal(new ForecastScore("signal-7", "1", 2, IsDirectionRight: false, null), scores[0]);
        Assert.Equal(("never", null), (scores[1].Id, scores[1].Version));
        Assert.Contains("no forecast of this id", scores[1].Refusal);
        var asked = winner == gpu.Address.Authority ? gpu : cpu;
        var (_, stats) = await asked.GetAsync("/v2/models/persistence/stats");
        Assert.Equal(1, stats.GetProperty("model_stats")[0].GetProperty("outcomes").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Model_that_is_not_there_is_refused_for_good()
    {
        using var files = new ModelFiles().AddPersistence();
        await using var runner = await RunnerHost.StartAsync(files);
        using var host = Build(runner.Address, StubRunner.Dead);

        var receipt = await Reporter(host).ReportAsync(runner.Address.Authority, "no model", [new RealisedForecast("a", 1, [1])], Token);

        Assert.Contains("404", Assert.IsType<OutcomeReceipt.Refused>(receipt).Reason);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(401, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task Only_what_stays_wrong_is_refused_for_good(int status, bool isRefused)
    {
        await using var failing = await StubRunner.FailingAsync(status);
        using var host = Build(failing.Address, StubRunner.Dead);

        var receipt = await ReportAsync(host, failing.Address.Authority, new RealisedForecast("a", 1, [1]));

        var reason = isRefused
            ? Assert.IsType<OutcomeReceipt.Refused>(receipt).Reason
            : Assert.IsType<OutcomeReceipt.Unreachable>(receipt).Reason;
        Assert.Equal($"answered {status}: stub says {status}", reason);
        Assert.Equal(1, failing.Requests);
    }

    [Fact]
    public async Task Runner_that_is_away_is_unreachable_and_one_that_is_not_configured_is_refused()
    {
        var dead = StubRunner.Dead;
        using var host = Build(dead, StubRunner.Dead);

        Assert.IsType<OutcomeReceipt.Unreachable>(await ReportAsync(host, dead.Authority, new RealisedForecast("a", 1, [1])));
        var refused = Assert.IsType<OutcomeReceipt.Refused>(await ReportAsync(host, "somewhere", new RealisedForecast("a", 1, [1])));
        Assert.Contains("'somewhere'", refused.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{"results":[{"id":"a","version":"1","error":"much"}]}""")]
    [InlineData("""{"results":{"id":"a"}}""")]
    public async Task Answer_that_is_no_receipt_is_not_asked_for_again(string body)
    {
        await using var babbling = await StubRunner.BabblingAsync(body);
        using var host = Build(babbling.Address, StubRunner.Dead);

        Assert.IsType<OutcomeReceipt.Refused>(await ReportAsync(host, babbling.Address.Authority, new RealisedForecast("a", 1, [1])));
    }

    // A decision keeps the latencies of both by name.
    [Fact]
    public async Task Runners_on_one_host_have_names_of_their_own()
    {
        await using var failing = await StubRunner.FailingAsync(500);
        await using var healthy = await StubRunner.AnsweringAfterAsync(failing.Arrived, 7);
        using var host = Build(failing.Address, healthy.Address);

        var outcome = await host.Services.GetRequiredService<IForecaster>().ForecastAsync(new ForecastRequest([1]), Token);

        var provenance = Assert.IsType<ForecastOutcome.Answered>(outcome).Forecast.Provenance;
        Assert.Equal((healthy.Address.Authority, failing.Address.Authority), (provenance.Winner.Runner, provenance.Loser!.Runner));
    }

    private static Task<OutcomeReceipt> ReportAsync(IHost host, string runner, params RealisedForecast[] outcomes) =>
        Reporter(host).ReportAsync(runner, "persistence", outcomes, Token);

    private static IOutcomeReporter Reporter(IHost host) => host.Services.GetRequiredService<IOutcomeReporter>();

    private static IHost Build(Uri gpu, Uri cpu)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Forecast:GpuRunner"] = gpu.AbsoluteUri,
                ["Forecast:CpuRunner"] = cpu.AbsoluteUri,
                ["Forecast:Deadline"] = "00:00:30",
                ["Forecast:AttemptTimeout"] = "00:00:30",
            }
        );
        builder.Logging.ClearProviders();

        // As AITrader.ServiceDefaults does: a report that was refused must not be repeated by its handlers.
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(static http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        builder.AddForecastClient();
        builder.AddOutcomeClient();
        return builder.Build();
    }
}
