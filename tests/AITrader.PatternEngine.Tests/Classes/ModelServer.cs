using AITrader.Inference.Execution;
using AITrader.Inference.Hosting;
using AITrader.Inference.Protocol;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AITrader.PatternEngine.Tests.Classes;

/// <summary>A runner on real Kestrel that serves the models of the repository.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelServer(WebApplication app) => _app = app;

    public static async Task<ModelServer> StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Inference:ModelPath"] = Path.Combine(SharedData.RepositoryRoot, "models"),
                ["Inference:PollInterval"] = "00:00:00.1",
            }
        );
        builder.AddInferenceServer(ExecutionProvider.Cpu);
        var app = builder.Build();
        app.MapInferenceProtocol();
        await app.StartAsync();
        var server = new ModelServer(app);
        await ReadyAsync(new Uri($"http://127.0.0.1:{port}/v2/models/cnn-pattern/ready"));
        return server;
    }

    private static async Task ReadyAsync(Uri model)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await http.GetAsync(model, limit.Token);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
