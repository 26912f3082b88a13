using System.Net;
using System.Text;
using System.Text.Json;
using AITrader.Inference.Tests.Hosting;

namespace AITrader.Inference.Tests.Execution;

public sealed class QueueTests : IDisposable
{
    // About ten seconds and more on one core; the runtime can be stopped between any two of its 400 products.
    private const string Long = """{"inputs":[{"name":"side","shape":[2],"datatype":"INT64","data":[1600,1600]}]}""";
    private const string Short = """{"inputs":[{"name":"side","shape":[2],"datatype":"INT64","data":[1,1]}]}""";

    private readonly ModelFiles _files = new ModelFiles().Add("slow", 1, SampleModels.Slow());

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Aborted_request_stops_the_run()
    {
        _files.Configure("slow", """{"warm_up":{"side":[2]}}""");
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:SessionsPerModel", "1"));
        var version = runner.Models.Find("slow", null);
        using var abort = new CancellationTokenSource();
        var call = PostAsync(runner, Long, abort.Token);
        await Eventually.HoldsAsync(() => version.Pending == 1, "the request arrives");

        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var start = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(() => version.Pending == 0, "the server notices");

        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5), "the run went on after its caller had left");
        Assert.Equal(0, version.Statistics.Read().Success.Count);
        Assert.Equal(HttpStatusCode.OK, (await runner.PostAsync("/v2/models/slow/infer", Short)).Status);
    }

    [Fact]
    public async Task Who_comes_after_a_full_queue_or_waits_too_long_gets_503()
    {
        _files.Configure("slow", """{"queue_limit":1,"queue_timeout_ms":1500}""");
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:SessionsPerModel", "1"));
        var version = runner.Models.Find("slow", null);
        using var abort = new CancellationTokenSource();
        var running = PostAsync(runner, Long, abort.Token);
        await Eventually.HoldsAsync(() => version.Pending == 1, "the first runs");
        var waiting = runner.PostAsync("/v2/models/slow/infer", Short);
        await Eventually.HoldsAsync(() => version.Pending == 2, "the second waits");

        var (refused, reason) = await runner.PostAsync("/v2/models/slow/infer", Short);
        var (late, lateReason) = await waiting;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused);
        Assert.Equal("queue of model 'slow' is full (1 requests wait)", Error(reason));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late);
        Assert.Equal("request to model 'slow' waited longer than 1500 ms", Error(lateReason));
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static async Task<HttpStatusCode> PostAsync(RunnerHost runner, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json, Encoding.UTF8);
        using var response = await runner.Http.PostAsync(new Uri("/v2/models/slow/infer", UriKind.Relative), content, cancellationToken);
        return response.StatusCode;
    }

    private static string Error(JsonElement body) => body.GetProperty("error").GetString()!;
}
