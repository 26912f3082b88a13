using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Processes;
using AITrader.Cli.Status;
using AITrader.Cli.Timing;
using AITrader.Hosting.Home;
using AITrader.TestSupport;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Condition = AITrader.Cli.Hosting.Condition;

namespace AITrader.Cli.Tests.Hosting;

/// <summary>A real host with one service, started once for all tests.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    /// <summary>The service.</summary>
    public const string Service = "mock-llm";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly int _port = FreePort.Find();
    private DistributedApplication _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal TemporaryHome Temporary { get; } = new();

    internal HostRecord Record => HostRecord.Read(Temporary.Home)!;

    public async ValueTask InitializeAsync()
    {
        string[] arguments =
        [
            "--DcpPublisher:RandomizePorts=false",
            $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:{_port}",
            $"--AITRADER_HOME={Temporary.Home.Root}",
            "--LocalServers:Mode=processes",
            "--Inference:GpuRunner=process",
        ];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AITrader_AppHost>(
            arguments,
            static (options, _) => (options.DisableDashboard, options.AllowUnsecuredTransport) = (false, true),
            Ct
        );
        foreach (
            var other in builder.Resources.Where(static resource => resource.Name != Service && resource is not ParameterResource).ToList()
        )
        {
            builder.Resources.Remove(other);
        }

        foreach (
            var endpoint in builder.Resources.Single(static resource => resource.Name == Service).Annotations.OfType<EndpointAnnotation>()
        )
        {
            endpoint.Port = null;
        }

        _app = await builder.BuildAsync(Ct);
        await _app.StartAsync(Ct).WaitAsync(StartTimeout, Ct);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync(Service, Ct).WaitAsync(StartTimeout, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Temporary.Dispose();
    }
}

/// <summary>Speaks to a real host as the commands do.</summary>
public sealed class RunningHostTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Service = RunningHost.Service;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly TemporaryHome _temporary = host.Temporary;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HostRecord Record => host.Record;

    [Fact]
    public async Task A_host_tells_who_it_is_and_what_runs_and_takes_commands()
    {
        Assert.Equal(ProcessIdentity.Current, Record.Process);
        Assert.IsType<HostState.Running>(new HostFinder(_temporary.Installation).Find());
        Assert.Null(HomeLock.TryTake(_temporary.Home));
        Assert.True(await ResourceService.AnswersAsync(Record, Ct));

        using var service = new ResourceService(Record);
        Assert.Contains(ResourceService.Shown(await service.ReadAsync(Ct)), static resource => resource.Name == Service);
        var before = await FindAsync(service);
        Assert.Equal((Condition.Healthy, 0), (before.Condition, before.Restarts));
        Assert.True(ProcessIdentity.Find(before.Pid!.Value)!.IsAlive);
        Assert.Contains(RunProcesses.Find(ProcessTable.Read(), Record, _temporary.Home), entry => entry.Pid == before.Pid);
        using var probes = new LiveProbes(TimeProvider.System);
        Assert.Equal(new ProbeAnswer(true, null), await probes.AskAsync(before, Ct));

        await service.ExecuteAsync(before, "restart", Ct);

        await WaitAsync(service, now => now.Condition == Condition.Healthy && now.Pid != before.Pid);
        await Assert.ThrowsAsync<Refusal>(() => service.ExecuteAsync(before, "levitate", Ct));
    }

    [Fact]
    public async Task What_a_resource_prints_is_read_from_the_host_and_from_its_file()
    {
        using var service = new ResourceService(Record);
        var found = await FindAsync(service);
        var file = Path.Combine(_temporary.Home.Logs, $"{Service}.log");
        await Eventually.TrueAsync(
            () => File.Exists(file) && File.ReadAllText(file).Contains("Application started", StringComparison.Ordinal),
            "the service's log has its first words"
        );

        var lines = new List<string>();
        await foreach (var line in service.ReadLogAsync(found.Id, follow: false, Ct))
        {
            lines.Add(line);
        }

        Assert.Contains(lines, static line => line.Contains("Application started", StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        using var stranger = new ResourceService(Record with { ResourceServiceKey = "guessed" });

        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => stranger.ReadAsync(Ct));
    }

    [Fact]
    public async Task No_key_is_in_an_environment_or_on_a_command_line()
    {
        using var service = new ResourceService(Record);
        var found = await FindAsync(service);

        Assert.All(["environ", "cmdline"], file =>
            Assert.DoesNotContain(Record.ResourceServiceKey!, ProcFiles.Read(found.Pid!.Value, file), StringComparison.Ordinal)
        );
        Assert.Contains($"{HostRecord.RunVariable}={Record.Run}", ProcFiles.Read(found.Pid!.Value, "environ"), StringComparison.Ordinal);
    }

    private static Task<ResourceView> FindAsync(ResourceService service) =>
        WaitAsync(service, static found => found.Condition == Condition.Healthy);

    private static async Task<ResourceView> WaitAsync(ResourceService service, Predicate<ResourceView> condition)
    {
        using var limit = new Deadline(StartTimeout, TimeProvider.System, Ct);
        await foreach (var resources in service.WatchAsync(limit.Token))
        {
            if (resources.SingleOrDefault(static resource => resource.Name == Service) is { } found && condition(found))
            {
                return found;
            }
        }

        throw new InvalidOperationException("the host ended");
    }
}
