using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.SentimentEngine.Tests.Fetching;

/// <summary>A server on this machine that does as it is told.</summary>
internal sealed class FetchServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FetchServer(WebApplication app) => _app = app;

    /// <summary>What it answers.</summary>
    public RequestDelegate Answer { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Headers of the requests so far.</summary>
    public List<IHeaderDictionary> Requests { get; } = [];

    public Uri Root => new(_app.Urls.First());

    public static async Task<FetchServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FetchServer(app);
        app.Run(async context =>
        {
            server.Requests.Add(new HeaderDictionary(context.Request.Headers.ToDictionary()));
            await server.Answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
