using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.Backend.Tests;

/// <summary>How runners serve a model, through the gateway; runners are played by servers that answer as the real ones do.</summary>
public sealed class ServingApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Statistics = """
        {"model_stats":[
          {"name":"nbeats","version":"2","last_inference":1,"inference_count":4,"execution_count":4,
           "inference_stats":{"success":{"count":4,"ns":6000000},"fail":{"count":1,"ns":5}},"batch_stats":[],
           "outcomes":{"count":3,"mean_absolute_error":0.5,"mean_absolute_percentage_error":0.01,"moves":2,"direction_hits":0.5}},
          {"name":"nbeats","version":"1","last_inference":0,"inference_count":0,"execution_count":0,
           "inference_stats":{"success":{"count":0,"ns":0},"fail":{"count":0,"ns":0}},"batch_stats":[],
           "outcomes":{"count":0,"moves":0}}]}
        """;

    private const string Labels = """{"name":"nbeats","labels":{"canary":1,"stable":2},"traffic":{"canary":10,"stable":90}}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_labels_times_and_outcomes_of_each_runner_are_shown()
    {
        await using var cpu = await RunnerAsync(200, Statistics, Labels);
        await using var gpu = await RunnerAsync(404, """{"error":"no model nbeats"}""", """{"error":"no model nbeats"}""");
        await using var gateway = await StartAsync(cpu.Urls.Single(), gpu.Urls.Single());
        using var viewer = gateway.ClientOf("viewer");

        var runners = (await viewer.GetFromJsonAsync<JsonElement>("/api/v1/models/nbeats/serving", Ct)).GetProperty("runners");

        var one = runners[0];
        Assert.Equal(("onnx-runner", true), (one.GetProperty("runner").GetString(), one.GetProperty("is_reachable").GetBoolean()));
        Assert.Equal(90, one.GetProperty("traffic").GetProperty("stable").GetDouble());
        Assert.Equal(1, one.GetProperty("labels").GetProperty("canary").GetInt32());
        var (older, newer) = (one.GetProperty("versions")[0], one.GetProperty("versions")[1]);
        Assert.Equal(
            (1, JsonValueKind.Null, JsonValueKind.Null),
            (
                older.GetProperty("version").GetInt32(),
                older.GetProperty("mean_milliseconds").ValueKind,
                older.GetProperty("outcomes").GetProperty("direction_hits").ValueKind
            )
        );
        Assert.Equal(
            (2, 4, 1, 1.5, 3, 0.5),
            (
                newer.GetProperty("version").GetInt32(),
                newer.GetProperty("inferences").GetInt32(),
                newer.GetProperty("failures").GetInt32(),
                newer.GetProperty("mean_milliseconds").GetDouble(),
                newer.GetProperty("outcomes").GetProperty("count").GetInt32(),
                newer.GetProperty("outcomes").GetProperty("direction_hits").GetDouble()
            )
        );
        var two = runners[1];
        Assert.Equal((true, 0), (two.GetProperty("is_reachable").GetBoolean(), two.GetProperty("versions").GetArrayLength()));
    }

    [Theory]
    [InlineData(503, "busy")]
    [InlineData(200, "no json")]
    [InlineData(200, """{"model_stats":[{"version":"x","inference_stats":{"success":{},"fail":{}}}]}""")]
    public async Task A_runner_that_answers_nonsense_costs_the_other_nothing(int status, string answer)
    {
        await using var bad = await RunnerAsync(status, answer, answer);
        await using var good = await RunnerAsync(200, Statistics, Labels);
        await using var gateway = await StartAsync(bad.Urls.Single(), good.Urls.Single());
        using var viewer = gateway.ClientOf("viewer");

        var runners = (await viewer.GetFromJsonAsync<JsonElement>("/api/v1/models/nbeats/serving", Ct)).GetProperty("runners");

        Assert.Equal(
            (false, 0),
            (runners[0].GetProperty("is_reachable").GetBoolean(), runners[0].GetProperty("versions").GetArrayLength())
        );
        Assert.Equal((true, 2), (runners[1].GetProperty("is_reachable").GetBoolean(), runners[1].GetProperty("versions").GetArrayLength()));
    }

    [Fact]
    public async Task A_deployment_without_runners_has_none_and_strangers_see_nothing()
    {
        var serving = await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/models/nbeats/serving", Ct);
        Assert.Equal(0, serving.GetProperty("runners").GetArrayLength());
        using var stranger = await fixture.Gateway.Anonymous.GetAsync("/api/v1/models/nbeats/serving", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    private async Task<Gateway> StartAsync(string cpu, string gpu)
    {
        var database = await (await PostgresServer.SharedAsync()).CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        return await Gateway.StartAsync(
            database,
            fixture.Redis,
            ("services:onnx-runner:http:0", cpu),
            ("services:tensorrt-runner:http:0", gpu)
        );
    }

    private static async Task<WebApplication> RunnerAsync(int status, string statistics, string labels)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var answer =
                context.Request.Path == "/v2/models/nbeats/stats" ? statistics
                : context.Request.Path == "/v2/repository/models/nbeats/labels" ? labels
                : null;
            context.Response.StatusCode = answer is null ? 404 : status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer ?? "{}");
        });
        await app.StartAsync(Ct);
        return app;
    }
}
