using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Standins.Aspire.Tests;

/// <summary>An AppHost's own Program under the control of a test.</summary>
public sealed class AppHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_starts_answers_recovers_and_leaves_no_process()
    {
        await using var appHost = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Standins_Aspire_Demo_AppHost>(_test);
        appHost.CreateResourceBuilder(appHost.Resources.OfType<ProjectResource>().Single(r => r.Name == "api")).WithEnvironment("FOO", "bar");
        await using var app = await appHost.BuildAsync(_test);
        await app.StartAsync(_test);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", _test).WaitAsync(Patience, _test);
        await app.ResourceNotifications.WaitForResourceAsync("migrations", KnownResourceStates.Finished, _test);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", _test).WaitAsync(Patience, _test);

        using var http = app.CreateHttpClient("api", "http");
        Assert.Equal("INFY", await http.GetStringAsync("/quote", _test));
        Assert.Contains("+PONG", await http.GetStringAsync("/redis", _test), StringComparison.Ordinal);
        await CheckEnvironmentAsync(app, http);
        await ReplicasShareTheWorkAsync(http);
        await KillAndRestartAsync(app, http);

        var processes = Processes.Descendants(Environment.ProcessId);
        Assert.NotEmpty(processes);
        await app.StopAsync(_test);

        // A killed process may take the kernel a moment to clear away on a busy machine.
        await Processes.GoneAsync(processes, _test);
    }

    [Fact]
    public async Task A_failing_process_says_what_it_said()
    {
        await using var appHost = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Standins_Aspire_Demo_AppHost>(_test);
        Keep(appHost, "failing", "on-demand", "missing", "gpu");
        await using var app = await appHost.BuildAsync(_test);
        await app.StartAsync(_test);
        Assert.True(app.ResourceNotifications.TryGetCurrentState("on-demand", out var idle));
        Assert.Equal(KnownResourceStates.NotStarted, idle.Snapshot.State?.Text);

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("failing", KnownResourceCommands.StartCommand, _test)).Success);
        await app.ResourceNotifications.WaitForResourceAsync("failing", KnownResourceStates.Finished, _test).WaitAsync(Patience, _test);
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("failing", _test));
        Assert.Contains("exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no such key", failure.Message, StringComparison.Ordinal);
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("gpu", KnownResourceCommands.StartCommand, _test)).Success);

        var absent = await app.ResourceCommands.ExecuteCommandAsync("missing", KnownResourceCommands.StartCommand, _test);
        Assert.Contains("'no-such-program' was not found", absent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_error()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("standins-aspire-");
        await using var appHost = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Standins_Aspire_Demo_AppHost>(
            ["--DcpPublisher:RandomizePorts=false", $"--Local:DataFolder={folder.FullName}"], _test);
        Keep(appHost, "front");
        appHost.CreateResourceBuilder(appHost.Resources.OfType<ProjectResource>().Single()).WithEndpoint("http", e => e.Port = port);
        await using var app = await appHost.BuildAsync(_test);
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(_test));
        Assert.Contains($"front/http wants port {port}", refusal.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_test_has_a_data_folder_that_goes_with_it()
    {
        string root;
        await using (var appHost = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Standins_Aspire_Demo_AppHost>(_test))
        {
            Keep(appHost, "redis");
            await using var app = await appHost.BuildAsync(_test);
            await app.StartAsync(_test);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", _test).WaitAsync(Patience, _test);
            root = ((global::Aspire.Hosting.Processes.ApplicationDirectories)app.Services.GetService(
                typeof(global::Aspire.Hosting.Processes.ApplicationDirectories))!).Root;
            Assert.True(Directory.Exists(Path.Combine(root, "volumes", "redis-data")));
        }

        Assert.StartsWith(Path.GetTempPath(), root, StringComparison.Ordinal);
        Assert.False(Directory.Exists(root));
    }

    [Fact]
    public async Task Settings_of_the_test_reach_the_resources()
    {
        await using var appHost = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Standins_Aspire_Demo_AppHost>(_test);
        appHost.Configuration["Parameters:redis-password"] = "chosen\"by\\test";
        Keep(appHost, "redis");
        await using var app = await appHost.BuildAsync(_test);
        await app.StartAsync(_test);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", _test).WaitAsync(Patience, _test);
        Assert.EndsWith("password=chosen\"by\\test", await app.GetConnectionStringAsync("redis", _test), StringComparison.Ordinal);
    }

    private async Task CheckEnvironmentAsync(DistributedApplication app, HttpClient http)
    {
        var environment = await http.GetStringAsync("/env", _test);
        Assert.Contains("GREETING=namaste", environment, StringComparison.Ordinal);
        Assert.Contains("FOO=bar", environment, StringComparison.Ordinal);
        Assert.Contains($"services__front__http__0=http://localhost:{app.GetEndpoint("front").Port}", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("services__front__http__1", environment, StringComparison.Ordinal);
        Assert.Contains("services__gpu__http__0=http://localhost:", environment, StringComparison.Ordinal);
        Assert.Contains($"FRONT_ADDRESS=at localhost:{app.GetEndpoint("front").Port}", environment, StringComparison.Ordinal);
        Assert.Contains("APPDB_DATABASENAME=app", environment, StringComparison.Ordinal);
        Assert.StartsWith("localhost:", await app.GetConnectionStringAsync("redis", _test), StringComparison.Ordinal);
        Assert.EndsWith("Database=app", await app.GetConnectionStringAsync("appdb", _test), StringComparison.Ordinal);
    }

    private async Task ReplicasShareTheWorkAsync(HttpClient http)
    {
        var answered = new HashSet<string>();
        for (var i = 0; i < 6; i++)
        {
            answered.Add(await http.GetStringAsync("/front-pid", _test));
        }

        Assert.Equal(2, answered.Count);
    }

    private async Task KillAndRestartAsync(DistributedApplication app, HttpClient http)
    {
        var pid = int.Parse(await http.GetStringAsync("/pid", _test), CultureInfo.InvariantCulture);
        using (var victim = System.Diagnostics.Process.GetProcessById(pid))
        {
            victim.Kill();
        }

        var exited = await app.ResourceNotifications.WaitForResourceAsync(
            "api", e => e.Snapshot.State?.Text == KnownResourceStates.Exited, _test).WaitAsync(Patience, _test);
        Assert.Equal(137, exited.Snapshot.ExitCode);
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("api", KnownResourceCommands.RestartCommand, _test)).Success);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", _test).WaitAsync(Patience, _test);
        Assert.NotEqual(pid, int.Parse(await http.GetStringAsync("/pid", _test), CultureInfo.InvariantCulture));
    }

    private static void Keep(IDistributedApplicationTestingBuilder appHost, params string[] names)
    {
        foreach (var resource in appHost.Resources.Where(r => !names.Contains(r.Name)).ToList())
        {
            appHost.Resources.Remove(resource);
        }
    }
}
