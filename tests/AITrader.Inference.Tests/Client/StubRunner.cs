using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.Inference.Tests.Client;

/// <summary>A runner that behaves as a test wants it to.</summary>
internal sealed class StubRunner : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;
    private int _aborts;

    private StubRunner(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Completes with the first request.</summary>
    public Task Arrived => _arrived.Task;

    public int Aborts => Volatile.Read(ref _aborts);

    /// <summary>An address where nobody listens.</summary>
    public static Uri Dead => new($"http://127.0.0.1:{FreePort.Find()}");

    public static Task<StubRunner> AnsweringAsync(double value, Uri? address = null) =>
        StartAsync(context => context.Response.WriteAsync(Answer(value)), address);

    /// <summary>Answers when told to, whether or not its caller still waits.</summary>
    public static Task<StubRunner> AnsweringAfterAsync(Task signal, double value) =>
        StartAsync(
            async context =>
            {
                await signal;
                await context.Response.WriteAsync(Answer(value));
            },
            address: null
        );

    public static Task<StubRunner> FailingAsync(int status) =>
        StartAsync(
            context =>
            {
                context.Response.StatusCode = status;
                return context.Response.WriteAsync($$"""{"error":"stub says {{status}}"}""");
            },
            address: null
        );

    /// <summary>Answers only when its caller has gone.</summary>
    public static Task<StubRunner> StallingAsync() =>
        StartAsync(static context => Task.Delay(Timeout.Infinite, context.RequestAborted), address: null);

    /// <summary>Answers what is no forecast.</summary>
    public static Task<StubRunner> BabblingAsync(string body = """{"outputs":[]}""") =>
        StartAsync(context => context.Response.WriteAsync(body), address: null);

    /// <summary>Sends its headers and the beginning of its body at once, and the rest never.</summary>
    public static Task<StubRunner> StallingInItsBodyAsync() =>
        StartAsync(
            static async context =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(Answer(9)[..40]);
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            },
            address: null
        );

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task<StubRunner> StartAsync(RequestDelegate behave, Uri? address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address?.AbsoluteUri ?? "http://127.0.0.1:0");
        var app = builder.Build();
        var runner = new StubRunner(app);
        app.Run(context => runner.HandleAsync(context, behave));
        await app.StartAsync();
        return runner;
    }

    private async Task HandleAsync(HttpContext context, RequestDelegate behave)
    {
        Interlocked.Increment(ref _requests);
        _arrived.TrySetResult();
        try
        {
            await behave(context);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _aborts);
        }
    }

    public static string Answer(double value) =>
        $$"""
            {"model_name":"persistence","model_version":"3","parameters":{"provider":"CPU","queue_us":5,"compute_us":12},
             "outputs":[{"name":"forecast","datatype":"FP32","shape":[1,2],"data":[{{value}},{{value}}]}]}
            """;
}
