using System.Net;
using System.Runtime.InteropServices;
using AITrader.Inference.Rpc.Messages;
using AITrader.ServiceDefaults;
using AITrader.ServiceDefaults.ServiceAuth;
using AITrader.TestSupport;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.OnnxRunner.Tests;

/// <summary>The gRPC form of both runners as they are deployed, by a generated client.</summary>
public sealed class GrpcProcessTests
{
    private const string Key = "a-service-key-of-thirty-two-characters-or-more";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("AITrader.OnnxRunner", "ONNX_RUNNER", "onnx-runner")]
    [InlineData("AITrader.TensorRtRunner", "TENSORRT_RUNNER", "tensorrt-runner")]
    public async Task Models_are_served_over_grpc_to_services_with_a_token_and_to_nobody_else(string program, string prefix, string name)
    {
        await using var runner = RunnerProcess.Start(program, prefix, ("ServiceAuth__Key", Key));
        await runner.WaitUntilReadyAsync();
        using var strangers = GrpcChannel.ForAddress(runner.GrpcAddress);
        var stranger = new GRPCInferenceService.GRPCInferenceServiceClient(strangers);

        Assert.True((await stranger.ServerLiveAsync(new ServerLiveRequest(), cancellationToken: Token)).Live);
        Assert.True((await stranger.ServerReadyAsync(new ServerReadyRequest(), cancellationToken: Token)).Ready);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await stranger.ModelInferAsync(Request(1), cancellationToken: Token)
        );
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);

        await using var service = Service(name);
        using var http = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("runner");
        using var channel = GrpcChannel.ForAddress(runner.GrpcAddress, new GrpcChannelOptions { HttpClient = http });
        var known = new GRPCInferenceService.GRPCInferenceServiceClient(channel);
        var answer = await known.ModelInferAsync(Request(60123.45f), cancellationToken: Token);

        Assert.Equal("1", answer.ModelVersion);
        Assert.Equal(60123.45f, MemoryMarshal.Read<float>(answer.RawOutputContents[0].Span));
        Assert.Equal("persistence", (await known.ModelMetadataAsync(new() { Name = "persistence" }, cancellationToken: Token)).Name);
    }

    [Fact]
    public async Task Port_of_grpc_speaks_http_2_only_and_the_other_one_http_1()
    {
        await using var runner = RunnerProcess.StartOnnx(("Inference__RequireToken", "false"));
        await runner.WaitUntilReadyAsync();

        using var wrong = GrpcChannel.ForAddress(runner.Http.BaseAddress!);
        var client = new GRPCInferenceService.GRPCInferenceServiceClient(wrong);
        await Assert.ThrowsAsync<RpcException>(async () =>
            await client.ServerLiveAsync(
                new ServerLiveRequest(),
                deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20),
                cancellationToken: Token
            )
        );

        using var http2 = new HttpClient
        {
            BaseAddress = runner.GrpcAddress,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.Equal(HttpStatusCode.OK, (await http2.GetAsync(new Uri("/v2/health/ready", UriKind.Relative), Token)).StatusCode);
    }

    [Fact]
    public async Task Port_that_is_none_is_one_line_and_an_exit_code()
    {
        await using var runner = RunnerProcess.StartOnnx(("Inference__GrpcPort", "70000"));

        Assert.Equal(1, await runner.WaitForExitAsync());
        Assert.Contains("Inference:GrpcPort", runner.Output);
        Assert.DoesNotContain("   at ", runner.Output);
    }

    // A port that an image presets, as orchestrators give it, is kept beside the port of gRPC.
    [Fact]
    public async Task Preset_port_of_an_image_stays()
    {
        var preset = FreePort.Find();
        await using var runner = RunnerProcess.StartOnnx(
            ("Inference__RequireToken", "false"),
            ("ONNX_RUNNER_PORT", ""),
            ("HTTP_PORTS", $"{preset}")
        );
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{preset}") };
        await runner.WaitUntilReadyAsync(http);
        using var channel = GrpcChannel.ForAddress(runner.GrpcAddress);

        var client = new GRPCInferenceService.GRPCInferenceServiceClient(channel);
        Assert.NotNull(await client.ModelInferAsync(Request(1), cancellationToken: Token));
    }

    private static ModelInferRequest Request(float price) =>
        new()
        {
            ModelName = "persistence",
            Inputs =
            {
                new ModelInferRequest.Types.InferInputTensor
                {
                    Name = "prices",
                    Datatype = "FP32",
                    Shape = { 1, 1 },
                },
            },
            RawInputContents = { ByteString.CopyFrom(BitConverter.GetBytes(price)) },
        };

    // Another service of this project, as far as tokens go.
    private static WebApplication Service(string audience)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ServiceAuth:Key"] = Key });
        builder.AddServiceDefaults();
        builder.Services.AddHttpClient("runner").AddServiceToken(audience);
        return builder.Build();
    }
}
