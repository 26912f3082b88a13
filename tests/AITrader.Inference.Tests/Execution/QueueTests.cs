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
        Assert.Equal("request to model 'slow' took longer than 1500 ms", Error(lateReason));
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    // triton-inference-server/server issues 6920 and 7512: a timeout must hold while the run goes on, and end it.
    [Fact]
    public async Task Timeout_of_a_request_ends_its_run()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:SessionsPerModel", "1"));

        var start = TimeProvider.System.GetTimestamp();
        var (status, body) = await runner.PostAsync("/v2/models/slow/infer", $$"""{"parameters":{"timeout":300000},{{Long[1..]}}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("request to model 'slow' took longer than 300 ms", Error(body));
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(8), "the timeout did not end the request");
        await Eventually.HoldsAsync(() => runner.Models.Find("slow", null).Pending == 0, "the run has ended");
    }

    [Fact]
    public async Task Who_has_priority_is_served_before_who_came_first()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:SessionsPerModel", "1"));
        var version = runner.Models.Find("slow", null);
        using var abort = new CancellationTokenSource();
        var running = PostAsync(runner, Long, abort.Token);
        await Eventually.HoldsAsync(() => version.Pending == 1, "the first runs");
        var served = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var waiting = new List<Task>();
        foreach (var (name, priority) in new[] { ("low", 3), ("usual", 0), ("usual too", 2), ("high", 1) })
        {
            waiting.Add(ServeAsync(runner, name, priority, served));
            await Eventually.HoldsAsync(() => version.Pending == waiting.Count + 1, $"{name} waits");
        }

        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Task.WhenAll(waiting);

        Assert.Equal(["high", "usual", "usual too", "low"], served);
    }

    [Fact]
    public async Task Who_leaves_the_queue_gives_up_the_place()
    {
        _files.Configure("slow", """{"queue_limit":1}""");
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:SessionsPerModel", "1"));
        var version = runner.Models.Find("slow", null);
        using var abort = new CancellationTokenSource();
        var running = PostAsync(runner, Long, abort.Token);
        await Eventually.HoldsAsync(() => version.Pending == 1, "the first runs");
        using var leave = new CancellationTokenSource();
        var waiting = PostAsync(runner, Short, leave.Token);
        await Eventually.HoldsAsync(() => version.Pending == 2, "the second waits");

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Eventually.HoldsAsync(() => version.Pending == 1, "the second has left");
        var next = runner.PostAsync("/v2/models/slow/infer", Short);
        await Eventually.HoldsAsync(() => version.Pending == 2, "another one waits in its place");

        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(HttpStatusCode.OK, (await next).Status);
    }

    // Each takes long enough that the order of the answers is the order of the runs.
    private static async Task ServeAsync(
        RunnerHost runner,
        string name,
        int priority,
        System.Collections.Concurrent.ConcurrentQueue<string> served
    )
    {
        var (status, _) = await runner.PostAsync(
            "/v2/models/slow/infer",
            $$"""{"parameters":{"priority":{{priority}}},"inputs":[{"name":"side","shape":[2],"datatype":"INT64","data":[200,200]}]}"""
        );
        Assert.Equal(HttpStatusCode.OK, status);
        served.Enqueue(name);
    }

    private static async Task<HttpStatusCode> PostAsync(RunnerHost runner, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json, Encoding.UTF8);
        using var response = await runner.Http.PostAsync(new Uri("/v2/models/slow/infer", UriKind.Relative), content, cancellationToken);
        return response.StatusCode;
    }

    private static string Error(JsonElement body) => body.GetProperty("error").GetString()!;
}
