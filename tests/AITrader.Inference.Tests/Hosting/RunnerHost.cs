using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AITrader.Inference.Execution;
using AITrader.Inference.Hosting;
using AITrader.Inference.Protocol;
using AITrader.Inference.Repository;
using AITrader.Inference.Rpc.Messages;
using AITrader.TestSupport;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.Inference.Tests.Hosting;

/// <summary>An inference server on real Kestrel, on a port of its own.</summary>
public sealed class RunnerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RunnerHost(WebApplication app, int grpcPort)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpcPort}");
        Grpc = new GRPCInferenceService.GRPCInferenceServiceClient(_channel);
    }

    public HttpClient Http { get; }

    internal GRPCInferenceService.GRPCInferenceServiceClient Grpc { get; }

    public Uri Address => Http.BaseAddress!;

    internal ModelRepository Models => _app.Services.GetRequiredService<ModelRepository>();

    public static Task<RunnerHost> StartAsync(ModelFiles files, params (string Key, string Value)[] settings) =>
        StartAsync(files.Root, [ExecutionProvider.Cpu], settings);

    /// <summary>Starts with the repository looked over once; later changes need <see cref="RefreshAsync"/>.</summary>
    public static async Task<RunnerHost> StartAsync(
        string modelPath,
        IReadOnlyList<ExecutionProvider> ladder,
        params (string Key, string Value)[] settings
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var grpcPort = FreePort.Find();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Find()}");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Inference:ModelPath"] = modelPath,
                ["Inference:PollInterval"] = "01:00:00",
                ["Inference:SessionsPerModel"] = "2",
                ["Inference:GrpcPort"] = $"{grpcPort}",
            }
        );
        builder.Configuration.AddInMemoryCollection(
            settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
        );
        builder.ListenForGrpc();
        builder.AddInferenceServer(ladder);
        var app = builder.Build();
        app.MapInferenceProtocol();
        await app.StartAsync();
        var host = new RunnerHost(app, grpcPort);
        await host.RefreshAsync();
        return host;
    }

    public Task RefreshAsync() => Models.RefreshAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs until the host itself ends.</summary>
    public Task RunToEndAsync() => _app.WaitForShutdownAsync(TestContext.Current.CancellationToken);

    public Task<HealthReport> HealthAsync() =>
        _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response.StatusCode, await ReadAsync(response));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await ReadAsync(response));
    }

    public async Task<JsonElement> InferAsync(string model, string json)
    {
        var (status, body) = await PostAsync($"/v2/models/{model}/infer", json);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _channel.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }
}

/// <summary>Waits for conditions, without guessing how long they take.</summary>
public static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"{what}: not within 60 s");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);
}
