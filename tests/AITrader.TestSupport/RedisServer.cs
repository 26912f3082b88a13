using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AITrader.TestSupport.Servers;
using DotNet.Testcontainers.Configurations;
using Testcontainers.Redis;

namespace AITrader.TestSupport;

/// <summary>A Redis that keeps its data (append-only file) over stops and kills: for tests of outages.</summary>
/// <remarks>A container where an engine answers, else a process (docs/testing.md).</remarks>
public sealed class RedisServer : IAsyncDisposable
{
    private const int StartAttempts = 5;
    private const int PortInside = 6379;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly string[] Persistence = ["--save", string.Empty, "--appendonly", "yes", "--appendfsync", "always"];

    private readonly IThrowAwayServer _server;
    private readonly string? _folder;

    private RedisServer(IThrowAwayServer server, string? folder) => (_server, _folder) = (server, folder);

    /// <summary>The TCP port, the same for all of its life.</summary>
    public int Port { get; private set; }

    /// <summary>Address for StackExchange.Redis.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts one.</summary>
    public static async Task<RedisServer> StartAsync() =>
        await TestServers.EngineForAsync(ServerImage.Redis) is { } engine ? await StartContainerAsync(engine) : await StartProcessAsync();

    /// <summary>Starts one as a process.</summary>
    public static Task<RedisServer> StartProcessAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-redis-").FullName;
        return StartAsync(
            new ProcessServer(folder, port =>
                [
                    "redis-server",
                    "--port",
                    port.ToString(CultureInfo.InvariantCulture),
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    folder,
                    "--daemonize",
                    "no",
                    .. Persistence,
                ]
            ),
            folder
        );
    }

    /// <summary>Starts one in a container.</summary>
    public static async Task<RedisServer> StartContainerAsync(ContainerEngine engine)
    {
        await ContainerRemains.WatchAsync(engine);
        return await StartAsync(
            new ContainerServer(engine, port =>
                new RedisBuilder(ServerImage.Redis)
                    .Place(engine, port, PortInside)
                    .WithCommand(new OverwriteEnumerable<string>(["redis-server", "--protected-mode", "no", .. Persistence]))
                    .Build()
            )
        );
    }

    /// <summary>Stops it in order.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>Kills it, as a crash would.</summary>
    public Task KillAsync() => _server.KillAsync();

    /// <summary>Stops it from doing anything, while its connections stand: what a slow or hanging server looks like.</summary>
    public void Freeze() => _server.Freeze();

    /// <summary>Lets it go on.</summary>
    public void Thaw() => _server.Thaw();

    /// <summary>Removes all that it has, while everybody is connected: the worst that a lost disk or a wrong command does.</summary>
    public async Task EmptyAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var stream = client.GetStream();
        await stream.WriteAsync("FLUSHALL\r\n"u8.ToArray());
        await stream.ReadExactlyAsync(new byte[5]);
    }

    /// <summary>Cuts the end off its file, as a disk does that lost what it had acknowledged. Only of one that is a process, while it is
    /// down.</summary>
    public void CutFile(int bytes)
    {
        var folder = _folder ?? throw new InvalidOperationException("The file of a container is out of reach.");
        var newest = Directory.GetFiles(Path.Combine(folder, "appendonlydir"), "*.incr.aof").Order(StringComparer.Ordinal).Last();
        using var file = File.OpenWrite(newest);
        file.SetLength(Math.Max(0, file.Length - bytes));
    }

    /// <summary>Starts it again at the same port, with the data that it had.</summary>
    public async Task StartAgainAsync()
    {
        if (!await TryStartAsync(Port))
        {
            throw new InvalidOperationException($"Redis does not start again: {await _server.ReadLogAsync()}");
        }
    }

    /// <summary>Ends it and removes its data.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<RedisServer> StartAsync(IThrowAwayServer place, string? folder = null)
    {
        var server = new RedisServer(place, folder);
        for (var attempt = 1; !await server.TryStartAsync(FreePort.Find()); attempt++)
        {
            if (attempt == StartAttempts)
            {
                var log = await place.ReadLogAsync();
                await place.DisposeAsync();
                throw new InvalidOperationException($"Redis does not start; is redis-server on the PATH? {log}");
            }
        }

        return server;
    }

    private async Task<bool> TryStartAsync(int port)
    {
        Port = port;
        await _server.StartAsync(port);
        var start = TimeProvider.System.GetTimestamp();
        while (await _server.IsRunningAsync() && TimeProvider.System.GetElapsedTime(start) < StartLimit)
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
