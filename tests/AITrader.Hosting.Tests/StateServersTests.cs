using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using AITrader.Hosting.Restarts;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Npgsql;
using StackExchange.Redis;

namespace AITrader.Hosting.Tests;

/// <summary>Real servers under the real orchestrator.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StateServersTests : IDisposable
{
    private const string Password = "first-Password-22-chars";

    private readonly string _home = Directory.CreateTempSubdirectory("aitrader-hosting-").FullName;
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_are_in_files_of_their_owner_and_in_no_argument()
    {
        await using var servers = await StartAsync();

        Assert.DoesNotContain(CommandLines(), static line => line.Contains(Password, StringComparison.Ordinal));
        var settings = Path.Combine(_home, "data", "redis", "redis.conf");
        Assert.Contains(Password, await File.ReadAllTextAsync(settings, _test), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(settings));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.GetDirectoryName(settings)!));
        await Assert.ThrowsAsync<RedisConnectionException>(async () =>
            await ConnectionMultiplexer.ConnectAsync((await servers.ConnectionStringAsync("redis", _test)).Split(',')[0])
        );
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_its_data()
    {
        await using var servers = await StartAsync();
        await WriteAsync(servers);

        await KillAsync(servers, "redis", StateServers.Pid(await servers.WaitAsync("redis", StateServers.IsRunning, _test)));
        await KillAsync(servers, "postgres", await PostmasterAsync());

        await CheckAsync(servers);
    }

    [Fact]
    public async Task Redis_has_a_bound_and_throws_nothing_away_at_it()
    {
        await using var servers = await StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(
            $"{await servers.ConnectionStringAsync("redis", _test)},allowAdmin=true"
        );

        var settings = (await redis.GetServers()[0].ConfigGetAsync("maxmemory*")).ToDictionary();

        Assert.Equal(("1073741824", "noeviction"), (settings["maxmemory"], settings["maxmemory-policy"]));
    }

    [Fact]
    public async Task What_somebody_stops_stays_stopped_until_somebody_starts_it()
    {
        await using var servers = await StartAsync();
        var before = StateServers.Pid(await servers.WaitAsync("redis", StateServers.IsRunning, _test));

        await servers.CommandAsync("redis", KnownResourceCommands.StopCommand, _test);
        await servers.WaitAsync("redis", static redis => KnownResourceStates.TerminalStates.Contains(redis.Snapshot.State?.Text), _test);
        await Task.Delay(TimeSpan.FromSeconds(2), _test);
        Assert.DoesNotContain(Process.GetProcesses(), process => process.Id == before);

        await servers.CommandAsync("redis", KnownResourceCommands.StartCommand, _test);
        var after = await servers.WaitAsync("redis", StateServers.IsRunning, _test);
        Assert.Equal(0, StateServers.Restarts(after));
    }

    [Fact]
    public async Task What_somebody_restarts_or_stops_has_not_failed()
    {
        await using var servers = await StateServers.StartAsync(
            _home,
            Password,
            static builder =>
                builder
                    .AddExecutable("quick", "sleep", "/", "1000")
                    .WaitFor(builder.CreateResourceBuilder(builder.Resources.Single(static resource => resource.Name == "redis")))
                    .WithRestarts(),
            _test
        );

        var quick = await servers.WaitAsync("quick", StateServers.IsRunning, _test);
        for (var i = 0; i < 8; i++)
        {
            var before = StateServers.Pid(quick);
            await servers.CommandAsync("quick", KnownResourceCommands.RestartCommand, _test);
            quick = await servers.WaitAsync("quick", quick => StateServers.IsRunning(quick) && StateServers.Pid(quick) != before, _test);
        }

        await servers.CommandAsync("quick", KnownResourceCommands.StopCommand, _test);
        await Task.Delay(TimeSpan.FromSeconds(1), _test);
        var stopped = await servers.WaitAsync(
            "quick",
            static quick => KnownResourceStates.TerminalStates.Contains(quick.Snapshot.State?.Text),
            _test
        );
        Assert.Equal(0, StateServers.Restarts(stopped));
    }

    [Fact]
    public async Task What_fails_five_times_in_a_minute_is_left_down_and_says_so()
    {
        await using var servers = await StateServers.StartAsync(
            _home,
            Password,
            static builder => builder.AddExecutable("broken", "false", "/").WithRestarts(),
            _test
        );

        var broken = await servers.WaitAsync(
            "broken",
            static broken => StateServers.Property(broken, "aitrader.left_down") is string { Length: > 0 },
            _test
        );

        Assert.Equal(RestartPolicy.MaxFailures - 1, StateServers.Restarts(broken));
        await using var connection = await ConnectionMultiplexer.ConnectAsync(await servers.ConnectionStringAsync("redis", _test));
        string? told;
        while (
            (told = await connection.GetDatabase().HashGetAsync("supervisor:restarts", "broken")) is null
            || !told.Contains("\"left_down\":true", StringComparison.Ordinal)
        )
        {
            await Task.Delay(100, _test);
        }
    }

    [Fact]
    public async Task A_stop_is_orderly_and_another_password_works_on_the_same_data()
    {
        await using (var servers = await StartAsync())
        {
            await WriteAsync(servers);
            await using var redis = await ConnectionMultiplexer.ConnectAsync(await servers.ConnectionStringAsync("redis", _test));
            await redis.GetDatabase().HashSetAsync(RestartReports.Key, "of this host", "{}");
        }

        Assert.False(File.Exists(Path.Combine(_home, "data", "postgres", "postmaster.pid")), "PostgreSQL took its leave");
        Assert.DoesNotContain(CommandLines(), line => line.Contains(_home, StringComparison.Ordinal));

        await using var again = await StateServers.StartAsync(_home, "second-Password-22-chars", static _ => { }, _test);
        await CheckAsync(again);
        await using var bus = await ConnectionMultiplexer.ConnectAsync(
            $"{await again.ConnectionStringAsync("redis", _test)},allowAdmin=true"
        );
        while (await bus.GetDatabase().KeyExistsAsync(RestartReports.Key))
        {
            await Task.Delay(100, _test);
        }
    }

    public void Dispose()
    {
        if (new DirectoryInfo(Path.Combine(_home, "data", "postgres")).ResolveLinkTarget(returnFinalTarget: true) is { } outside)
        {
            Directory.Delete(Path.GetDirectoryName(outside.FullName)!, recursive: true);
        }

        Directory.Delete(_home, recursive: true);
    }

    private Task<StateServers> StartAsync() => StateServers.StartAsync(_home, Password, static _ => { }, _test);

    private async Task KillAsync(StateServers servers, string resource, int pid)
    {
        var before = await servers.WaitAsync(resource, StateServers.IsRunning, _test);
        using (var process = Process.GetProcessById(pid))
        {
            process.Kill();
        }

        var after = await servers.WaitAsync(
            resource,
            now => StateServers.IsRunning(now) && StateServers.Pid(now) != StateServers.Pid(before),
            _test
        );
        Assert.Equal(1, StateServers.Restarts(after));
        await servers.HealthyAsync(resource, _test);
    }

    // The resource's own process is the shell that passes signals on; the server is its child.
    private async Task<int> PostmasterAsync() =>
        int.Parse(
            (await File.ReadAllLinesAsync(Path.Combine(_home, "data", "postgres", "postmaster.pid"), _test))[0],
            CultureInfo.InvariantCulture
        );

    private async Task WriteAsync(StateServers servers)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await servers.ConnectionStringAsync("redis", _test));
        await redis.GetDatabase().StringSetAsync("kept", "yes");
        await ExecuteAsync(servers, "CREATE TABLE kept (value text); INSERT INTO kept VALUES ('yes')");
        // Written every second: a kill of the process alone loses nothing that was written to the file.
        await Task.Delay(TimeSpan.FromSeconds(1.5), _test);
    }

    private async Task CheckAsync(StateServers servers)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await servers.ConnectionStringAsync("redis", _test));
        Assert.Equal("yes", await redis.GetDatabase().StringGetAsync("kept"));
        Assert.Equal("yes", await ExecuteAsync(servers, "SELECT value FROM kept"));
    }

    private async Task<object?> ExecuteAsync(StateServers servers, string statement)
    {
        await using var connection = new NpgsqlConnection(await servers.ConnectionStringAsync("aitrader", _test) + ";Pooling=false");
        await connection.OpenAsync(_test);
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync(_test);
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (
            var process in Directory.EnumerateDirectories("/proc").Where(static folder => int.TryParse(Path.GetFileName(folder), out _))
        )
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (IOException)
            {
                // Gone meanwhile.
                continue;
            }

            yield return line;
        }
    }
}
