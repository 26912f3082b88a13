using AITrader.AppHost.Naming;
using AITrader.Hosting.Home;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.AppHost.Tests;

/// <summary>The settings file as the host takes it: what reaches whom, what wins, what is refused.</summary>
public sealed class HostSettingsTests : IDisposable
{
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("aitrader-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_service_gets_its_own_section_and_nobody_elses()
    {
        await using var appHost = await CreateAsync(
            """{ "Services": { "worker": { "Partitions": { "DaysAhead": 3 } }, "migrations": { "Roles": { "Timeout": "00:00:05" } } } }"""
        );

        Assert.Equal("3", (await EnvironmentAsync(appHost, ResourceNames.Worker))["Partitions__DaysAhead"]);
        Assert.Equal("00:00:05", (await EnvironmentAsync(appHost, ResourceNames.Migrations))["Roles__Timeout"]);
        Assert.False((await EnvironmentAsync(appHost, ResourceNames.Backend)).ContainsKey("Partitions__DaysAhead"));
    }

    [Fact]
    public async Task The_command_line_wins_over_the_file()
    {
        await using var appHost = await CreateAsync(
            """{ "Services": { "worker": { "Partitions": { "DaysAhead": 3, "RetentionDays": 30 } } }, "Replicas": { "onnx-runner": 2 } }""",
            "--Services:worker:Partitions:DaysAhead=5",
            "--Replicas:onnx-runner=3"
        );

        var environment = await EnvironmentAsync(appHost, ResourceNames.Worker);
        Assert.Equal(("5", "30"), (environment["Partitions__DaysAhead"], environment["Partitions__RetentionDays"]));
        Assert.Equal(3, appHost.Resources.Single(static resource => resource.Name == ResourceNames.OnnxRunner).GetReplicaCount());
    }

    [Fact]
    public async Task What_a_replay_needs_wins_over_the_file()
    {
        const string Settings = """{ "Services": { "market-data": { "Feed": { "Enabled": true } } } }""";
        await using var live = await CreateAsync(Settings);
        await using var replaying = await CreateAsync(Settings, "--Replay:Path=demo");

        Assert.Equal("True", (await EnvironmentAsync(live, ResourceNames.MarketData))["Feed__Enabled"]);
        Assert.Equal("false", (await EnvironmentAsync(replaying, ResourceNames.MarketData))["Feed__Enabled"]);
    }

    [Theory]
    [InlineData("{}", "paper")]
    [InlineData("""{ "Services": { "execution-engine": { "Execution": { "Broker": "simulator" } } } }""", "paper")]
    [InlineData("""{ "Services": { "execution-engine": { "Execution": { "Broker": "kite" } } } }""", "broker")]
    [InlineData("""{ "Services": { "execution-engine": { "Execution": { "Broker": "another" } } } }""", "broker")]
    [InlineData("""{ "Services": { "strategy-engine": { "Strategies": { "LiveAccount": "broker" } } } }""", "broker")]
    [InlineData(
        """{ "Services": { "execution-engine": { "Execution": { "Broker": "kite" } }, "strategy-engine": { "Strategies": { "LiveAccount": "paper" } } } }""",
        "broker"
    )]
    public async Task The_strategy_engine_is_told_whose_the_live_account_is(string settings, string expected)
    {
        await using var appHost = await CreateAsync(settings);

        Assert.Equal(expected, (await EnvironmentAsync(appHost, ResourceNames.StrategyEngine))["Strategies__LiveAccount"]);
    }

    [Fact]
    public async Task The_file_can_switch_the_feed_off()
    {
        await using var appHost = await CreateAsync("""{ "Services": { "market-data": { "Feed": { "Enabled": false } } } }""");

        Assert.Equal("False", (await EnvironmentAsync(appHost, ResourceNames.MarketData))["Feed__Enabled"]);
    }

    [Fact]
    public async Task Passwords_can_be_in_the_file()
    {
        await using var appHost = await CreateAsync("""{ "Parameters": { "redis-password": "a-password-of-mine-22" } }""");

        var parameter = appHost.Resources.OfType<ParameterResource>().Single(static parameter => parameter.Name == "redis-password");
        Assert.Equal("a-password-of-mine-22", await parameter.GetValueAsync(_test));
    }

    [Theory]
    [InlineData(
        """{ "Services": { "wroker": { "A": { "B": 1 } } } }""",
        "Services:wroker is no service. There are: backend, backend-alt, "
    )]
    [InlineData("""{ "Replicas": { "wroker": 2 } }""", "Replicas:wroker is no service. There are: ")]
    [InlineData("""{ "Replicaz": { "worker": 2 } }""", "Replicaz is no section. There are: ")]
    [InlineData("""{ "Redis": { "MaxMemory": "lots" } }""", "Redis:MaxMemory is 'lots'; it must be a size such as 512mb or 2gb.")]
    [InlineData("""{ "Redis": { "AppendFsync": "daily" } }""", "Redis:AppendFsync is 'daily'; it must be always, everysec or no.")]
    [InlineData("""{ "Services": """, "is no settings file: ")]
    public async Task What_cannot_be_meant_is_refused_with_what_there_is(string settings, string expected)
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => CreateAsync(settings));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_named_must_be_there()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            StartAsync($"--{SettingsFile.Setting}={_folder}/nowhere.json")
        );

        Assert.Equal($"There is no settings file {_folder}/nowhere.json.", refusal.Message);
    }

    [Fact]
    public async Task Nothing_of_ours_holds_up_the_end_of_the_host()
    {
        await using var appHost = await StartAsync(
            "--AppHost:ResourceService:AuthMode=Unsecured",
            "--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://127.0.0.1:1"
        );
        await using var app = await appHost.BuildAsync(_test);
        var ours = app
            .Services.GetServices<IHostedService>()
            .Where(static service => service.GetType().Assembly.GetName().Name!.StartsWith("AITrader", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(ours);

        foreach (var service in ours)
        {
            await service.StartAsync(_test);
            await service.StopAsync(_test).WaitAsync(TimeSpan.FromSeconds(20), _test);
        }
    }

    private Task<IDistributedApplicationTestingBuilder> CreateAsync(string settings, params string[] arguments)
    {
        var file = Path.Combine(_folder, $"{Path.GetRandomFileName()}.json");
        File.WriteAllText(file, settings);
        return StartAsync([$"--{SettingsFile.Setting}={file}", .. arguments]);
    }

    private Task<IDistributedApplicationTestingBuilder> StartAsync(params string[] arguments) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.AITrader_AppHost>(
            [$"--{HomeFolder.Setting}={_folder}/home", "--LocalServers:Mode=containers", "--Inference:GpuRunner=process", .. arguments],
            _test
        );

    private async Task<Dictionary<string, object>> EnvironmentAsync(IDistributedApplicationTestingBuilder appHost, string name)
    {
        var resource = appHost.Resources.Single(found => found.Name == name);
        var context = new EnvironmentCallbackContext(
            new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish),
            resource,
            [],
            _test
        );
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }
}
