using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using AITrader.TestSupport;

namespace AITrader.OnnxRunner.Tests;

/// <summary>A runner as it is deployed: a process of its own, told what to do by its environment.</summary>
internal sealed class RunnerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunnerProcess(Process process, int port, int grpcPort)
    {
        _process = process;
        GrpcAddress = new Uri($"http://localhost:{grpcPort}");
        Http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    public Uri GrpcAddress { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static string Models { get; } = Path.Combine(SharedData.RepositoryRoot, "models");

    /// <summary>Starts the program, listening where <paramref name="prefix"/>_PORT says.</summary>
    public static RunnerProcess Start(string program, string prefix, params (string Name, string Value)[] environment)
    {
        var (port, grpcPort) = (FreePort.Find(), FreePort.Find());
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll")])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var inherited in new[]
            {
                "ASPNETCORE_URLS",
                "ASPNETCORE_HTTP_PORTS",
                "ONNX_MODEL_PATH",
                "OTEL_SERVICE_NAME",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
            }
        )
        {
            start.Environment.Remove(inherited);
        }

        start.Environment[$"{prefix}_PORT"] = $"{port}";
        start.Environment["Inference__GrpcPort"] = $"{grpcPort}";
        start.Environment["ONNX_MODEL_PATH"] = Models;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunnerProcess(Process.Start(start)!, port, grpcPort);
    }

    public static RunnerProcess StartOnnx(params (string Name, string Value)[] environment) =>
        Start("AITrader.OnnxRunner", "ONNX_RUNNER", environment);

    /// <summary>Waits until the probe's answer fits, and returns it.</summary>
    public Task<JsonElement> WaitForReadyAsync(Func<HttpStatusCode, JsonElement, bool> fits) => WaitForReadyAsync(Http, fits);

    public Task<JsonElement> WaitUntilReadyAsync() => WaitUntilReadyAsync(Http);

    /// <summary>Waits for a runner that listens elsewhere than where this class told it to.</summary>
    public Task<JsonElement> WaitUntilReadyAsync(HttpClient http) =>
        WaitForReadyAsync(http, static (status, _) => status == HttpStatusCode.OK);

    private async Task<JsonElement> WaitForReadyAsync(HttpClient http, Func<HttpStatusCode, JsonElement, bool> fits)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            Assert.False(limit.IsCancellationRequested || _process.HasExited, $"the runner is not where it should be:\n{Output}");
            try
            {
                using var response = await http.GetAsync(new Uri("/ready", UriKind.Relative), limit.Token);
                using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(limit.Token));
                if (fits(response.StatusCode, body.RootElement))
                {
                    return body.RootElement.Clone();
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, limit.Token);
        }
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(90));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
