using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AITrader.TestSupport;

/// <summary>One of the project's services as a process of its own, built beside the tests, at a port that the system chooses.</summary>
public sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>A client of the service.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>The service's process id.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote to standard output: one event a line.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>What it wrote to standard error.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Starts a service and waits until it listens.</summary>
    /// <param name="project">The project's name, such as AITrader.Backend.</param>
    /// <param name="settings">Configuration paths and values.</param>
    public static async Task<ServiceProcess> StartAsync(string project, params (string Path, string Value)[] settings)
    {
        var service = new ServiceProcess(StartInfo(project, [("urls", "http://127.0.0.1:0"), .. settings]));
        var ended = service._process.WaitForExitAsync();
        if (await Task.WhenAny(service._address.Task, ended, Task.Delay(StartLimit)) != service._address.Task)
        {
            var said = string.Join('\n', service._errors.Concat(service._output));
            await service.DisposeAsync();
            throw new InvalidOperationException($"{project} does not listen: {said}");
        }

        service.Client.BaseAddress = await service._address.Task;
        return service;
    }

    /// <summary>Runs a service that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, IReadOnlyCollection<string> Output, IReadOnlyCollection<string> Errors)> RunAsync(
        string project,
        params (string Path, string Value)[] settings
    )
    {
        await using var service = new ServiceProcess(StartInfo(project, settings));
        using var limit = new CancellationTokenSource(StartLimit);
        await service._process.WaitForExitAsync(limit.Token);
        return (service._process.ExitCode, service.Output, service.Errors);
    }

    /// <summary>Stops it from doing anything, while its connections stand (SIGSTOP).</summary>
    public void Freeze() => ProcessSignal.Send(Id, ProcessSignal.Stop);

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Thaw() => ProcessSignal.Send(Id, ProcessSignal.Continue);

    /// <summary>Kills it, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    // The service's own output folder, in the configuration that the tests were built in.
    private static ProcessStartInfo StartInfo(string project, (string Path, string Value)[] settings)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var folder = Path.Combine(SharedData.RepositoryRoot, "artifacts", "bin", project, configuration);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, project + ".dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (path, value) in settings)
        {
            start.Environment[path.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    private void Read(string? line)
    {
        Keep(_output, line);
        if (line is not null && Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is { Length: > 0 })
        {
            lines.Enqueue(line);
        }
    }

    [GeneratedRegex("Now listening on: (http://[^\"]+)\"")]
    private static partial Regex Listening();
}
