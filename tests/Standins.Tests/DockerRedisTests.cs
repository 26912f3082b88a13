using System.Runtime.Versioning;
using Testcontainers.Redis;

namespace Standins.Tests;

/// <summary>The branch that uses Docker, shown on a docker command of the test's own: a real redis-server behind Docker's words.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DockerRedisTests : IDisposable
{
    private const string Image = "redis:for-this-test-only";

    // Knows one image, so that tests beside this one find none and start their servers without it.
    private const string Docker =
        """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$*" >>"$here/calls"
        case "$1" in
        image) [ "$3" = redis:for-this-test-only ] ;;
        run) redis-server --port PORT --bind 127.0.0.1 --save '' --daemonize yes --pidfile "$here/pid" --dir "$here" >/dev/null; echo 0123456789ab ;;
        port) echo 127.0.0.1:PORT; echo '[::1]:1' ;;
        rm) redis-cli -p PORT shutdown nosave >/dev/null 2>&1; echo removed ;;
        *) exit 1 ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("docker-").FullName;
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    [Fact]
    public async Task A_container_is_started_asked_for_its_port_and_removed()
    {
        var port = AITrader.TestSupport.FreePort.Find();
        var docker = Path.Combine(_folder, "docker");
        await File.WriteAllTextAsync(docker, Docker.Replace("PORT", $"{port}", StringComparison.Ordinal));
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{_folder}:{_path}");

        var container = new RedisBuilder(Image).Build();
        Assert.Throws<InvalidOperationException>(container.GetConnectionString);
        await container.StartAsync();
        Assert.Equal($"127.0.0.1:{port}", container.GetConnectionString());
        Assert.Equal(port, container.GetMappedPublicPort(6379));
        Assert.Equal("0123456789ab", container.Id);
        await using (var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(container.GetConnectionString()))
        {
            Assert.True(await connection.GetDatabase().StringSetAsync("key", "value"));
        }

        await container.DisposeAsync();
        var calls = (await File.ReadAllLinesAsync(Path.Combine(_folder, "calls"))).Where(static call => !call.StartsWith("image inspect redis:7", StringComparison.Ordinal));
        Assert.Equal(
            [$"image inspect {Image}", $"run --detach --rm --publish 127.0.0.1::6379 {Image}", "port 0123456789ab 6379/tcp", "rm --force --volumes 0123456789ab"],
            calls);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        Directory.Delete(_folder, recursive: true);
    }
}
