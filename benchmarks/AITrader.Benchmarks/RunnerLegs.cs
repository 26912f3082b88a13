using System.Diagnostics;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.Benchmarks;

/// <summary>The two runners as processes, and what stands before or in place of one that is ill.</summary>
internal sealed class RunnerLegs : IAsyncDisposable
{
    private readonly ServiceProcess _cpu;
    private readonly ServiceProcess _other;
    private readonly StalledLeg _stalled;

    private RunnerLegs(ServiceProcess cpu, ServiceProcess other, StalledLeg stalled) => (_cpu, _other, _stalled) = (cpu, other, stalled);

    /// <summary>onnx-runner.</summary>
    public Uri Cpu => _cpu.Client.BaseAddress!;

    /// <summary>tensorrt-runner; without a GPU on the CPU's rung of its ladder.</summary>
    public Uri Other => _other.Client.BaseAddress!;

    /// <summary>tensorrt-runner behind a pause.</summary>
    public Uri Stalled => _stalled.Address;

    /// <summary>Nobody listens there.</summary>
    public Uri Dead { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    public static async Task<RunnerLegs> StartAsync(TimeSpan stall)
    {
        var cpu = await StartAsync("AITrader.OnnxRunner");
        var other = await StartAsync("AITrader.TensorRtRunner");
#pragma warning disable CA2000 // All three go with what is returned.
        return new RunnerLegs(cpu, other, await StalledLeg.StartAsync(other.Client.BaseAddress!, stall));
#pragma warning restore CA2000
    }

    /// <summary>A runner of the repository's models, or of those in another folder.</summary>
    public static Task<ServiceProcess> StartAsync(string project, params (string Path, string Value)[] settings) =>
        ServiceProcess.StartAsync(
            project,
            [("Inference:RequireToken", "false"), ("Inference:ModelPath", Path.Combine(SharedData.RepositoryRoot, "models")), .. settings]
        );

    /// <summary>Waits until a runner says that its models are warm.</summary>
    public static async Task WaitAsync(HttpClient client, CancellationToken ct)
    {
        while (true)
        {
            using var answer = await client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative), ct);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
        }
    }

    public async Task WaitAsync(CancellationToken ct)
    {
        await WaitAsync(_cpu.Client, ct);
        await WaitAsync(_other.Client, ct);
    }

    /// <summary>Time on cores that both processes have taken so far.</summary>
    public TimeSpan CoreTime() => CoreTime(_cpu) + CoreTime(_other);

    public async ValueTask DisposeAsync()
    {
        await _stalled.DisposeAsync();
        await _other.DisposeAsync();
        await _cpu.DisposeAsync();
    }

    private static TimeSpan CoreTime(ServiceProcess service)
    {
        using var process = Process.GetProcessById(service.Id);
        return process.TotalProcessorTime;
    }

    /// <summary>Passes each request on to a real runner after a pause, and heeds a caller that leaves meanwhile.</summary>
    private sealed class StalledLeg : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly HttpClient _runner = new();

        private StalledLeg(WebApplication app, Uri runner)
        {
            _app = app;
            _runner.BaseAddress = runner;
        }

        public Uri Address => new(_app.Urls.First());

        public static async Task<StalledLeg> StartAsync(Uri runner, TimeSpan pause)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var leg = new StalledLeg(builder.Build(), runner);
            leg._app.Run(context => leg.PassOnAsync(context, pause));
            await leg._app.StartAsync();
            return leg;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            _runner.Dispose();
        }

        private async Task PassOnAsync(HttpContext context, TimeSpan pause)
        {
            var aborted = context.RequestAborted;
            try
            {
                await Task.Delay(pause, TimeProvider.System, aborted);
                using var content = new StreamContent(context.Request.Body);
                content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
                using var answer = await _runner.PostAsync(new Uri(context.Request.Path, UriKind.Relative), content, aborted);
                context.Response.StatusCode = (int)answer.StatusCode;
                context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
                await answer.Content.CopyToAsync(context.Response.Body, aborted);
            }
            catch (OperationCanceledException) when (aborted.IsCancellationRequested)
            {
                // The race was won elsewhere.
            }
        }
    }
}
