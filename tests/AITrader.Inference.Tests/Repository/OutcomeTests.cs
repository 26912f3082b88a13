using System.Net;
using System.Text.Json;
using AITrader.Inference.Tests.Hosting;
using AITrader.Inference.Tests.Rpc;

namespace AITrader.Inference.Tests.Repository;

/// <summary>What came true, held against the forecasts of each version.</summary>
public sealed class OutcomeTests : IDisposable
{
    private const string Outcomes = "/v2/models/persistence/outcomes";

    private readonly ModelFiles _files = new ModelFiles()
        .AddPersistence(1, horizon: 3)
        .AddPersistence(2, horizon: 3)
        .Configure("persistence", """{"version_policy":{"all":true}}""");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Errors_are_counted_for_the_version_that_forecast()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        await AskAsync(runner, "1", "a", 100);
        await AskAsync(runner, "1", "b", 50);
        await AskAsync(runner, "2", "c", 10);

        var (status, body) = await runner.PostAsync(
            Outcomes,
            """{"outcomes":[{"id":"a","values":[101,103]},{"id":"b","values":[50]},{"id":"c","values":[8,12,10]}]}"""
        );

        Assert.Equal(HttpStatusCode.OK, status);
        var results = body.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["1", "1", "2"], results.Select(static result => result.GetProperty("version").GetString()));
        Assert.Equal([2.0, 0, 4.0 / 3], results.Select(static result => result.GetProperty("error").GetDouble()));
        var first = await StatisticsAsync(runner, "1");
        Assert.Equal((2, 1.0), (first.GetProperty("count").GetInt32(), first.GetProperty("mean_absolute_error").GetDouble()));
        Assert.Equal(
            100 * ((1 / 101.0) + (3 / 103.0)) / 2 / 2,
            first.GetProperty("mean_absolute_percentage_error").GetDouble(),
            precision: 9
        );
        Assert.Equal(1, (await StatisticsAsync(runner, "2")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Directions_are_judged_where_the_start_is_told_and_the_price_moved()
    {
        // y = 1 / x: from 0.5 it forecasts 2, from 4 a quarter.
        _files.Add("reciprocal", 1, SampleModels.Reciprocal());
        await using var runner = await RunnerHost.StartAsync(_files);
        foreach (var (id, x) in new[] { ("up", 0.5), ("wrong", 4.0), ("still", 4.0), ("untold", 4.0) })
        {
            await runner.InferAsync(
                "reciprocal",
                $$"""{"id":"{{id}}","inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[{{x}}]}]}"""
            );
        }

        // The last one did not move but for the rounding of single precision.
        var (_, body) = await runner.PostAsync(
            "/v2/models/reciprocal/outcomes",
            """
            {"outcomes":[{"id":"up","values":[1.5],"start":1},{"id":"wrong","values":[1.5],"start":1},{"id":"untold","values":[9]},
                         {"id":"still","values":[61800.3],"start":61800.30078125}]}
            """
        );

        Assert.Equal(
            ["True", "False", "", ""],
            body.GetProperty("results")
                .EnumerateArray()
                .Select(static result => result.TryGetProperty("direction_right", out var isRight) ? $"{isRight}" : "")
        );
        var (_, stats) = await runner.GetAsync("/v2/models/reciprocal/stats");
        var outcomes = stats.GetProperty("model_stats")[0].GetProperty("outcomes");
        Assert.Equal(
            (4, 2, 0.5),
            (
                outcomes.GetProperty("count").GetInt32(),
                outcomes.GetProperty("moves").GetInt32(),
                outcomes.GetProperty("direction_hits").GetDouble()
            )
        );
    }

    [Fact]
    public async Task One_bad_outcome_does_not_cost_the_others()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        await AskAsync(runner, "1", "a", 100);
        await AskAsync(runner, "1", "long", 100);

        var (_, body) = await runner.PostAsync(
            Outcomes,
            """
            {"outcomes":[{"id":"never","values":[1]},{"id":"long","values":[1,2,3,4]},{"id":"a","values":[]},
                         {"id":"a","values":[101]},{"id":"a","values":[101]}]}
            """
        );

        var results = body.GetProperty("results").EnumerateArray().ToArray();
        Assert.Contains("no forecast of this id", results[0].GetProperty("refused").GetString());
        Assert.Contains("4 values are more than the forecast's 3 steps", results[1].GetProperty("refused").GetString());
        Assert.Contains("one finite number", results[2].GetProperty("refused").GetString());
        Assert.Equal(1, results[3].GetProperty("error").GetDouble());
        Assert.Contains("scored already", results[4].GetProperty("refused").GetString());
        Assert.Equal(1, (await StatisticsAsync(runner, "1")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Only_the_last_forecasts_are_remembered()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:OutcomesKept", "2"));
        foreach (var id in new[] { "a", "b", "c", "c" })
        {
            await AskAsync(runner, "1", id, 1);
        }

        var (_, body) = await runner.PostAsync(
            Outcomes,
            """{"outcomes":[{"id":"a","values":[1]},{"id":"b","values":[1]},{"id":"c","values":[1]}]}"""
        );

        Assert.Equal(
            [true, true, false],
            body.GetProperty("results").EnumerateArray().Select(static result => result.TryGetProperty("refused", out _))
        );
    }

    [Fact]
    public async Task Forecast_of_a_version_that_is_gone_is_scored_all_the_same()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        await AskAsync(runner, "1", "a", 100);

        Directory.Delete(Path.Combine(_files.Root, "persistence", "1"), recursive: true);
        await runner.RefreshAsync();

        var (_, body) = await runner.PostAsync(Outcomes, """{"outcomes":[{"id":"a","values":[102]}]}""");
        Assert.Equal("1", body.GetProperty("results")[0].GetProperty("version").GetString());
    }

    [Fact]
    public async Task Forecasts_over_grpc_are_remembered_too()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        var request = RpcTensors.Raw("persistence", "prices", 7);
        request.Id = "g";
        await runner.Grpc.ModelInferAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        var (_, body) = await runner.PostAsync(Outcomes, """{"outcomes":[{"id":"g","values":[9]}]}""");

        Assert.Equal(2, body.GetProperty("results")[0].GetProperty("error").GetDouble());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"outcomes":[]}""")]
    [InlineData("""{"outcomes":[{"id":"a"}]}""")]
    [InlineData("""{"outcomes":[{"id":null,"values":[1]}]}""")]
    public async Task Report_that_is_none_is_400(string report)
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Equal(HttpStatusCode.BadRequest, (await runner.PostAsync(Outcomes, report)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await runner.PostAsync("/v2/models/missing/outcomes", report)).Status);
    }

    private static async Task AskAsync(RunnerHost runner, string version, string id, double price)
    {
        var (status, _) = await runner.PostAsync(
            $"/v2/models/persistence/versions/{version}/infer",
            $$"""{"id":"{{id}}","inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[{{price}}]}]}"""
        );
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private static async Task<JsonElement> StatisticsAsync(RunnerHost runner, string version)
    {
        var (_, body) = await runner.GetAsync($"/v2/models/persistence/versions/{version}/stats");
        return body.GetProperty("model_stats")[0].GetProperty("outcomes");
    }
}
