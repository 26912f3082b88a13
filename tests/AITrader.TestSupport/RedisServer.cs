using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AITrader.TestSupport;

/// <summary>A redis-server that keeps its data (append-only file) over stops and kills: for tests of outages.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int StartAttempts = 5;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("aitrader-redis-").FullName;
    private GuardedProcess? _process;

    private RedisServer()
    {
    }

    /// <summary>The TCP port, the same for all of its life.</summary>
    public int Port { get; private set; }

    /// <summary>Address for StackExchange.Redis.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts one.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        for (var attempt = 1; !await server.TryStartAsync(FreePort.Find()); attempt++)
        {
            if (attempt == StartAttempts)
            {
                throw new InvalidOperationException("redis-server does not start; is it on the PATH?");
            }
        }

        return server;
    }

    /// <summary>Stops it in order.</summary>
    public Task StopAsync() => _process!.StopAsync();

    /// <summary>Kills it, as a crash would.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Stops it from doing anything, while its connections stand: what a slow or hanging server looks like.</summary>
    public void Freeze() => _process!.Freeze();

    /// <summary>Lets it go on.</summary>
    public void Thaw() => _process!.Thaw();

    /// <summary>Removes all that it has, while everybody is connected: the worst that a lost disk or a wrong command does.</summary>
    public async Task EmptyAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var stream = client.GetStream();
        await stream.WriteAsync("FLUSHALL\r\n"u8.ToArray());
        await stream.ReadExactlyAsync(new byte[5]);
    }

    /// <summary>Starts it again at the same port, with the data that it had.</summary>
    public async Task StartAgainAsync()
    {
        if (!await TryStartAsync(Port))
        {
            throw new InvalidOperationException("redis-server does not start again.");
        }
    }

    /// <summary>Ends it and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<bool> TryStartAsync(int port)
    {
        Port = port;
        _process = await GuardedProcess.StartAsync(_folder, Path.Combine(_folder, "server.log"),
        [
            "redis-server", "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder,
            "--save", string.Empty, "--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no",
        ]);
        var start = TimeProvider.System.GetTimestamp();
        while (_process.IsRunning && TimeProvider.System.GetElapsedTime(start) < StartLimit)
        {
            if (await AnswersAsync(port))
            {
                return true;
            }

            await Task.Delay(20);
        }

        return false;
    }

    // While it reads its file, it answers with an error instead.
    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[5];
            var length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false);
            return Encoding.ASCII.GetString(answer, 0, length) == "+PONG";
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }
}
