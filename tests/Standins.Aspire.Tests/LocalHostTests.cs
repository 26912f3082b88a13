using System.Globalization;
using System.Text.Json;

namespace Standins.Aspire.Tests;

/// <summary>The host as ./aitrader uses it: a process with a data folder, a state file and a control socket.</summary>
public sealed class LocalHostTests
{
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_when_all_is_ready_keeps_its_state_in_a_file_and_takes_commands()
    {
        await using var host = HostProcess.Start(null);
        await host.PrintsAsync("Standins.Aspire.Demo is ready", _test);
        var api = await host.ResourceAsync("api", _test);
        Assert.Equal("Healthy", api.GetProperty("health").GetString());
        Assert.Contains(api.GetProperty("urls").EnumerateArray(), u => u.GetProperty("text").GetString() == "Environment");
        Assert.Equal("Finished", (await host.ResourceAsync("migrations", _test)).GetProperty("state").GetString());
        Assert.Contains("schema is current", await File.ReadAllTextAsync(Path.Combine(host.Folder, "logs", "migrations.log"), _test), StringComparison.Ordinal);
        await SecretsStayPrivateAsync(host);
        await RestartsAsync(host, api.GetProperty("pid").GetInt32());
        await RefusesASecondHostAsync(host.Folder);

        var children = Processes.Descendants(host.Id);
        host.Signal("TERM");
        Assert.Equal(0, await host.ExitAsync(_test));
        await Processes.GoneAsync(children, _test);
        Assert.False(File.Exists(Path.Combine(host.Folder, "run", "state.json")));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task Leaves_no_process_behind_however_it_ends(string signal)
    {
        await using var host = HostProcess.Start(null);
        // In the middle of a start: the database is being made.
        await host.PrintsAsync("front-0         * Running", _test);
        var children = Processes.Descendants(host.Id);
        Assert.NotEmpty(children);
        host.Signal(signal);
        await host.ExitAsync(_test);
        await Processes.GoneAsync(children, _test);
    }

    [Fact]
    public async Task Starts_again_on_the_data_of_a_host_that_was_killed()
    {
        await using var first = HostProcess.Start(null);
        await first.PrintsAsync("is ready", _test);
        first.Signal("KILL");
        await first.ExitAsync(_test);

        await using var second = HostProcess.Start(first.Folder);
        await second.PrintsAsync("is ready", _test);
        Assert.Equal("Healthy", (await second.ResourceAsync("postgres", _test)).GetProperty("health").GetString());
    }

    [Fact]
    public async Task A_start_that_fails_ends_with_the_reason_and_exit_code_1()
    {
        var folder = Directory.CreateTempSubdirectory("standins-aspire-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "volumes"));
        await File.WriteAllTextAsync(Path.Combine(folder, "volumes", "redis-data"), "in the way", _test);
        await using var host = HostProcess.Start(folder);
        Assert.Equal(1, await host.ExitAsync(_test));
        Assert.Contains("is not ready: redis", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private async Task SecretsStayPrivateAsync(HostProcess host)
    {
        using var secrets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(host.Folder, "secrets.json"), _test));
        var values = secrets.RootElement.EnumerateObject().Select(s => s.Value.GetString()!).ToList();
        Assert.Equal(2, values.Count);
        var commands = string.Join('\n', Processes.Descendants(host.Id).Select(Processes.CommandLine));
        Assert.Contains("redis-server", commands, StringComparison.Ordinal);
        Assert.All(values, v => Assert.DoesNotContain(v, commands, StringComparison.Ordinal));
        foreach (var file in (string[])["secrets.json", "run/state.json", "run/control.sock", "run/redis.conf"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(host.Folder, file)));
        }
    }

    private async Task RestartsAsync(HostProcess host, int pid)
    {
        Assert.Equal("""{"ok":true,"error":null}""", await host.ControlAsync("""{"command":"restart","resource":"api"}""", _test));
        await Processes.GoneAsync([pid], _test);
        var next = pid;
        while (next == pid)
        {
            await Task.Delay(50, _test);
            next = (await host.ResourceAsync("api", _test)).GetProperty("pid") is { ValueKind: JsonValueKind.Number } now ? now.GetInt32() : pid;
        }

        Assert.True(Processes.IsAlive(next));
        Assert.Contains("not found", await host.ControlAsync("""{"command":"stop","resource":"nobody"}""", _test), StringComparison.Ordinal);
        Assert.Contains("Expected one line", await host.ControlAsync("stop everything", _test), StringComparison.Ordinal);
    }

    private async Task RefusesASecondHostAsync(string folder)
    {
        await using var second = HostProcess.Start(folder);
        Assert.Equal(1, await second.ExitAsync(_test));
        Assert.Contains("already runs on the data folder", second.Output, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"data folder {folder}"), second.Output, StringComparison.Ordinal);
    }
}
