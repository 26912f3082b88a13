using System.Net.Sockets;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Processes;

/// <summary>Takes commands from scripts: one line of JSON, answered by one line (format: README.md of this folder's project).</summary>
internal sealed class ControlSocket(ApplicationDirectories directories, IServiceProvider services, IHostApplicationLifetime lifetime) : IDisposable
{
    // sockaddr_un holds 108 bytes.
    private const int LongestPath = 100;
    private const int LongestRequest = 4096;
    private static readonly JsonSerializerOptions Format = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private Socket? _listener;

    /// <summary>Where to connect; null before it listens.</summary>
    public string? Path { get; private set; }

    public void Listen(CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine(directories.Run, "control.sock");
        if (path.Length > LongestPath)
        {
            Directory.CreateDirectory(directories.Session);
            path = System.IO.Path.Combine(directories.Session, "control.sock");
        }

        File.Delete(path);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        // Whoever may connect may stop the application.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen();
        Path = path;
        _ = AcceptAsync(_listener, cancellationToken);
    }

    public void Dispose()
    {
        _listener?.Dispose();
        if (Path is { } path && File.Exists(path))
        {
            File.Delete(path);
        }

        Path = null;
    }

    private async Task AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync(cancellationToken), cancellationToken);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The host stops.
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { AutoFlush = true };
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                var problem = line.Length > LongestRequest ? "The request is too long." : await ObeyAsync(line, cancellationToken);
                await writer.WriteLineAsync(JsonSerializer.Serialize(new { ok = problem is null, error = problem }, Format));
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the host stops.
        }
    }

    private async Task<string?> ObeyAsync(string line, CancellationToken cancellationToken)
    {
        if (Request.Parse(line) is not { Command: { } command } request)
        {
            return "Expected one line such as {\"command\":\"restart\",\"resource\":\"backend\"}.";
        }

        if (command == "shutdown")
        {
            lifetime.StopApplication();
            return null;
        }

        if (request.Resource is not { } resource)
        {
            return $"The command '{command}' needs a resource.";
        }

        var commands = (ResourceCommandService)services.GetService(typeof(ResourceCommandService))!;
        var result = await commands.ExecuteCommandAsync(resource, command, cancellationToken);
        return result.Success ? null : result.Message ?? "The command failed.";
    }

    private sealed record Request(string? Command, string? Resource)
    {
        public static Request? Parse(string line)
        {
            try
            {
                return JsonSerializer.Deserialize<Request>(line, JsonSerializerOptions.Web);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
