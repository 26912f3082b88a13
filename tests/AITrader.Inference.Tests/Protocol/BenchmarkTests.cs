using System.Net;
using AITrader.Inference.Tests.Hosting;

namespace AITrader.Inference.Tests.Protocol;

public sealed class BenchmarkTests : IDisposable
{
    private readonly ModelFiles _files = new ModelFiles()
        .AddPersistence(1)
        .Configure("persistence", """{"warm_up":{"prices":[1,16]},"response_cache":{}}""")
        .Add("slow", 1, SampleModels.Slow());

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Model_is_measured_where_it_is_served_and_counted_nowhere()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));

        var (status, body) = await runner.PostAsync(
            "/benchmark",
            """{"model":"persistence","runs":200,"seconds":30,"concurrency":4,"shapes":{"prices":[2,32]}}"""
        );

        Assert.True(status == HttpStatusCode.OK, body.ToString());
        Assert.Equal(("persistence", "1", "CPU"), (Text("model"), Text("version"), Text("provider")));
        Assert.Equal((200, 0), (body.GetProperty("runs").GetInt32(), body.GetProperty("failures").GetInt32()));
        double[] latencies = [Number("p50_us"), Number("p95_us"), Number("p99_us"), Number("max_us")];
        Assert.True(latencies[0] > 0);
        Assert.Equal(latencies.Order(), latencies);
        Assert.Equal(200 / Number("seconds"), Number("runs_per_second"), precision: 6);
        Assert.Equal(0, runner.Models.Find("persistence", null).Statistics.Read().Success.Count);

        string Text(string name) => body.GetProperty(name).GetString()!;
        double Number(string name) => body.GetProperty(name).GetDouble();
    }

    [Fact]
    public async Task Measurement_ends_with_its_time_and_a_run_that_is_cut_short_is_not_counted()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));
        var benchmark = runner.PostAsync("/benchmark", """{"model":"slow","runs":100000,"seconds":0.5,"shapes":{"side":[2]}}""");

        var (status, body) = await benchmark;

        Assert.True(status == HttpStatusCode.OK, body.ToString());
        Assert.InRange(body.GetProperty("runs").GetInt32(), 0, 99_999);
        Assert.InRange(body.GetProperty("seconds").GetDouble(), 0.4, 20);
    }

    [Fact]
    public async Task Only_one_is_measured_at_a_time()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));
        var version = runner.Models.Find("slow", null);
        var first = runner.PostAsync("/benchmark", """{"model":"slow","runs":100000,"seconds":5}""");
        await Eventually.HoldsAsync(() => version.Pending > 0 || first.IsCompleted, "the first one runs");

        var (status, body) = await runner.PostAsync("/benchmark", """{"model":"persistence"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("another benchmark is running", body.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
    }

    [Theory]
    [InlineData("{}", 400, "a benchmark needs 'model'")]
    [InlineData("", 400, "the body must be like")]
    [InlineData("""{"model":"persistence","runs":0}""", 400, "1..100000")]
    [InlineData("""{"model":"persistence","runs":100001}""", 400, "1..100000")]
    [InlineData("""{"model":"persistence","seconds":31}""", 400, "up to 30")]
    [InlineData("""{"model":"persistence","concurrency":65}""", 400, "1..64")]
    [InlineData("""{"model":"persistence","shapes":{"volume":[1]}}""", 400, "input 'volume', which the model does not have")]
    [InlineData("""{"model":"persistence","shapes":{"prices":[1]}}""", 400, "input 'prices' has shape")]
    [InlineData("""{"model":"persistence","colour":"blue"}""", 400, "the body must be like")]
    [InlineData("""{"model":"missing"}""", 404, "there is no model 'missing'")]
    public async Task Measurement_that_cannot_be_is_refused(string request, int status, string reason)
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));

        var (answered, body) = await runner.PostAsync("/benchmark", request);

        Assert.Equal((HttpStatusCode)status, answered);
        Assert.Contains(reason, body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Nobody_measures_where_control_is_not_allowed()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        using var content = new StringContent("""{"model":"persistence"}""");

        using var response = await runner.Http.PostAsync(
            new Uri("/benchmark", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
