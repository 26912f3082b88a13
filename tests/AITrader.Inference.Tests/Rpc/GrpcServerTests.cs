using AITrader.Inference.Rpc.Messages;
using AITrader.Inference.Tests.Hosting;
using Grpc.Core;

namespace AITrader.Inference.Tests.Rpc;

/// <summary>Calls about server and models over gRPC, and calls that their callers leave.</summary>
public sealed class GrpcServerTests : IDisposable
{
    private readonly ModelFiles _files = new ModelFiles().AddPersistence(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Server_says_what_it_is_and_whether_it_is_ready()
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.True((await runner.Grpc.ServerLiveAsync(new ServerLiveRequest(), cancellationToken: Token)).Live);
        Assert.True((await runner.Grpc.ServerReadyAsync(new ServerReadyRequest(), cancellationToken: Token)).Ready);
        var server = await runner.Grpc.ServerMetadataAsync(new ServerMetadataRequest(), cancellationToken: Token);
        var (_, rest) = await runner.GetAsync("/v2");
        Assert.Equal(rest.GetProperty("name").GetString(), server.Name);
        Assert.Equal(rest.GetProperty("version").GetString(), server.Version);
        Assert.Equal(rest.GetProperty("extensions").EnumerateArray().Select(static name => name.GetString()), server.Extensions);

        _files.Add("broken", 1, [1]);
        await runner.RefreshAsync();
        Assert.False((await runner.Grpc.ServerReadyAsync(new ServerReadyRequest(), cancellationToken: Token)).Ready);
        Assert.False((await runner.Grpc.ModelReadyAsync(new ModelReadyRequest { Name = "broken" }, cancellationToken: Token)).Ready);
        Assert.True((await runner.Grpc.ModelReadyAsync(new ModelReadyRequest { Name = "persistence" }, cancellationToken: Token)).Ready);
    }

    [Fact]
    public async Task Model_metadata_has_versions_and_tensors()
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        var model = await runner.Grpc.ModelMetadataAsync(new ModelMetadataRequest { Name = "persistence" }, cancellationToken: Token);

        Assert.Equal(("persistence", "onnxruntime_onnx"), (model.Name, model.Platform));
        Assert.Equal(["1"], model.Versions);
        var input = Assert.Single(model.Inputs);
        Assert.Equal(("prices", "FP32"), (input.Name, input.Datatype));
        Assert.Equal([-1, -1], input.Shape);
        Assert.Equal([-1, 8], Assert.Single(model.Outputs).Shape);
        Assert.Equal(
            StatusCode.NotFound,
            (
                await Assert.ThrowsAsync<RpcException>(async () =>
                    await runner.Grpc.ModelMetadataAsync(new ModelMetadataRequest { Name = "missing" }, cancellationToken: Token)
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task Statistics_count_calls_of_both_forms()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        await runner.Grpc.ModelInferAsync(RpcTensors.Raw("persistence", "prices", 1), cancellationToken: Token);
        await runner.InferAsync("persistence", """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[1]}]}""");

        var every = await runner.Grpc.ModelStatisticsAsync(new ModelStatisticsRequest(), cancellationToken: Token);

        var model = Assert.Single(every.ModelStats);
        Assert.Equal(("persistence", "1"), (model.Name, model.Version));
        Assert.Equal((2UL, 2UL), (model.InferenceCount, model.InferenceStats.Success.Count));
        Assert.True(model.InferenceStats.ComputeInfer.Ns > 0 && model.LastInference > 1_600_000_000_000);
        Assert.Equal(
            StatusCode.NotFound,
            (
                await Assert.ThrowsAsync<RpcException>(async () =>
                    await runner.Grpc.ModelStatisticsAsync(new ModelStatisticsRequest { Name = "missing" }, cancellationToken: Token)
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task Models_are_unloaded_and_loaded_where_that_is_allowed()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));
        var model = new RepositoryModelUnloadRequest { ModelName = "persistence" };

        await runner.Grpc.RepositoryModelUnloadAsync(model, cancellationToken: Token);
        var unloaded = Assert.Single((await IndexAsync(runner, isReadyOnly: false)).Models);
        Assert.Equal(("persistence", "UNAVAILABLE", "unloaded"), (unloaded.Name, unloaded.State, unloaded.Reason));
        Assert.Empty((await IndexAsync(runner, isReadyOnly: true)).Models);
        var away = await Assert.ThrowsAsync<RpcException>(async () =>
            await runner.Grpc.ModelInferAsync(RpcTensors.Raw("persistence", "prices", 1), cancellationToken: Token)
        );
        Assert.Equal((StatusCode.Unavailable, "unavailable"), (away.StatusCode, away.Trailers.GetValue("inference-reason")));

        await runner.Grpc.RepositoryModelLoadAsync(new RepositoryModelLoadRequest { ModelName = "persistence" }, cancellationToken: Token);
        Assert.Equal("READY", Assert.Single((await IndexAsync(runner, isReadyOnly: true)).Models).State);
        await runner.Grpc.ModelInferAsync(RpcTensors.Raw("persistence", "prices", 1), cancellationToken: Token);
    }

    [Fact]
    public async Task Control_that_is_not_allowed_is_unimplemented()
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await runner.Grpc.RepositoryModelUnloadAsync(
                new RepositoryModelUnloadRequest { ModelName = "persistence" },
                cancellationToken: Token
            )
        );

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
        Assert.Contains("Inference:AllowControl", refused.Status.Detail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_whose_caller_leaves_is_stopped(bool isByDeadline)
    {
        _files.Add("slow", 1, SampleModels.Slow());
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:SessionsPerModel", "1"));
        var version = runner.Models.Find("slow", null);
        using var leave = new CancellationTokenSource();
        var call = runner.Grpc.ModelInferAsync(
            Side(1600),
            deadline: isByDeadline ? TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1.5) : null,
            cancellationToken: leave.Token
        );
        await Eventually.HoldsAsync(() => version.Pending == 1, "the request arrives");

        if (!isByDeadline)
        {
            await leave.CancelAsync();
        }

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(isByDeadline ? StatusCode.DeadlineExceeded : StatusCode.Cancelled, failure.StatusCode);
        var start = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(() => version.Pending == 0, "the server notices");
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5), "the run went on after its caller had left");
        Assert.Equal(0, version.Statistics.Read().Success.Count);
        Assert.NotNull(await runner.Grpc.ModelInferAsync(Side(1), cancellationToken: Token));
    }

    [Fact]
    public async Task Who_comes_after_a_full_queue_is_told_to_come_again()
    {
        _files.Add("slow", 1, SampleModels.Slow()).Configure("slow", """{"queue_limit":1}""");
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:SessionsPerModel", "1"));
        var version = runner.Models.Find("slow", null);
        using var leave = new CancellationTokenSource();
        var running = runner.Grpc.ModelInferAsync(Side(1600), cancellationToken: leave.Token);
        await Eventually.HoldsAsync(() => version.Pending == 1, "the first runs");
        var waiting = runner.Grpc.ModelInferAsync(Side(1), cancellationToken: leave.Token);
        await Eventually.HoldsAsync(() => version.Pending == 2, "the second waits");

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await runner.Grpc.ModelInferAsync(Side(1), cancellationToken: Token)
        );

        Assert.Equal((StatusCode.Unavailable, "queue-full"), (refused.StatusCode, refused.Trailers.GetValue("inference-reason")));
        await leave.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(async () => await running);
        await Assert.ThrowsAsync<RpcException>(async () => await waiting);
    }

    private static ModelInferRequest Side(long size) =>
        RpcTensors.Typed("slow", "side", "INT64", [2], new InferTensorContents { Int64Contents = { size, size } });

    private static async Task<RepositoryIndexResponse> IndexAsync(RunnerHost runner, bool isReadyOnly) =>
        await runner.Grpc.RepositoryIndexAsync(new RepositoryIndexRequest { Ready = isReadyOnly }, cancellationToken: Token);
}
