using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Standins.Aspire.Tests;

/// <summary>The demo's host as a process of its own, on a data folder of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly bool _ownsFolder;

    private HostProcess(Process process, string folder, bool ownsFolder) => (_process, Folder, _ownsFolder) = (process, folder, ownsFolder);

    public string Folder { get; }

    public int Id => _process.Id;

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

    public static HostProcess Start(string? folder, params string[] arguments)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("standins-aspire-").FullName;
        // The account of PostgreSQL has to reach it.
        File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        string[] all =
        [
            typeof(Projects.Standins_Aspire_Demo_AppHost).Assembly.Location, "--DcpPublisher:RandomizePorts=true", $"--Local:DataFolder={data}", .. arguments,
        ];
        var process = new Process { StartInfo = new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true, RedirectStandardError = true } };
        var host = new HostProcess(process, data, folder is null);
        process.OutputDataReceived += (_, e) => host.Add(e.Data);
        process.ErrorDataReceived += (_, e) => host.Add(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return host;
    }

    public async Task PrintsAsync(string text, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(!_process.HasExited && waited.Elapsed < TimeSpan.FromMinutes(3), $"The host did not print '{text}' but:\n{Output}");
            await Task.Delay(50, cancellationToken);
        }
    }

    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
        return _process.ExitCode;
    }

    public void Signal(string name) => Process.Start("kill", ["-s", name, $"{Id}"]).WaitForExit();

    public async Task<JsonElement> ResourceAsync(string id, CancellationToken cancellationToken)
    {
        using var state = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "run", "state.json"), cancellationToken));
        return state.RootElement.GetProperty("resources").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id).Clone();
    }

    public async Task<string> ControlAsync(string request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Folder, "run", "control.sock")), cancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request + "\n"), cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(cancellationToken) ?? string.Empty;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal("TERM");
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Add(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
