using AITrader.AppHost.Naming;
using AITrader.AppHost.Topology;
using AITrader.Hosting.Home;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace AITrader.AppHost.Tests;

/// <summary>The model against the table of the architecture: every resource, its port, whom it waits for.</summary>
public sealed class TopologyTests : IDisposable
{
    private static readonly string[] DatabaseUsers =
    [
        ResourceNames.Backend,
        ResourceNames.BackendAlt,
        ResourceNames.StrategyEngine,
        ResourceNames.ExecutionEngine,
        ResourceNames.MarketData,
        ResourceNames.SentimentEngine,
        ResourceNames.Worker,
    ];

    // Redis, PostgreSQL and its database, whichever way they run.
    public static readonly TheoryData<string> ServerModes = ["containers", "processes"];

    private readonly CancellationToken _test = TestContext.Current.CancellationToken;
    private readonly string _home = Directory.CreateTempSubdirectory("aitrader-topology-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData(ResourceNames.Redis, 6379)]
    [InlineData(ResourceNames.Postgres, 5432)]
    [InlineData(ResourceNames.Backend, 8000)]
    [InlineData(ResourceNames.BackendAlt, 8003)]
    [InlineData(ResourceNames.OnnxRunner, 8001)]
    [InlineData(ResourceNames.SentimentEngine, 8002)]
    [InlineData(ResourceNames.FinBertServer, 8004)]
    [InlineData(ResourceNames.StrategyEngine, 8005)]
    [InlineData(ResourceNames.ExecutionEngine, 8006)]
    [InlineData(ResourceNames.TensorRtRunner, 8007)]
    [InlineData(ResourceNames.PatternEngine, null)]
    [InlineData(ResourceNames.MarketData, null)]
    [InlineData(ResourceNames.Worker, null)]
    [InlineData(ResourceNames.MockMcp, 9000)]
    [InlineData(ResourceNames.MockLlm, 9001)]
    [InlineData(ResourceNames.Frontend, 8080)]
    public async Task Every_resource_has_its_port(string name, int? port)
    {
        await using var appHost = await CreateAsync("--LocalServers:Mode=processes", "--DcpPublisher:RandomizePorts=false");
        var endpoint = Assert.Single(Find(appHost, name).Annotations.OfType<EndpointAnnotation>(), static endpoint =>
            endpoint.Name != RunnerExtensions.Grpc
        );
        Assert.Equal(port, endpoint.Port);
    }

    [Theory]
    [InlineData(ResourceNames.OnnxRunner, "process", 8011)]
    [InlineData(ResourceNames.TensorRtRunner, "process", 8017)]
    [InlineData(ResourceNames.TensorRtRunner, "container", 8017)]
    public async Task Runners_speak_grpc_on_a_port_of_its_own_that_they_are_told(string name, string kind, int port)
    {
        await using var appHost = await CreateAsync($"--Inference:GpuRunner={kind}", "--DcpPublisher:RandomizePorts=false");
        var endpoint = Assert.Single(Find(appHost, name).Annotations.OfType<EndpointAnnotation>(), static endpoint =>
            endpoint.Name == RunnerExtensions.Grpc
        );
        // As http it would be one of the addresses of the REST form.
        Assert.Equal((port, "tcp", false), (endpoint.Port, endpoint.UriScheme, endpoint.IsExternal));
        Assert.Equal(kind == "container" ? 8081 : null, endpoint.TargetPort);
        var told = Assert.IsType<EndpointReferenceExpression>((await EnvironmentAsync(appHost, name))["Inference__GrpcPort"]);
        Assert.Equal((RunnerExtensions.Grpc, EndpointProperty.TargetPort), (told.Endpoint.EndpointName, told.Property));
    }

    [Fact]
    public async Task Settings_of_the_gpu_reach_the_process_that_keeps_its_engines_at_home()
    {
        await using var appHost = await CreateAsync(
            "--Inference:GpuDevice=1",
            "--Inference:GpuMemoryLimitMiB=4096",
            "--Inference:GpuPrecision=fp16"
        );
        var environment = await EnvironmentAsync(appHost, ResourceNames.TensorRtRunner);
        Assert.Equal(("1", "4096"), (environment["Inference__DeviceId"], environment["Inference__GpuMemoryLimitMiB"]));
        Assert.Equal("fp16", environment["Inference__Precision"]);
        Assert.StartsWith(_home, (string)environment["Inference__EngineCache"], StringComparison.Ordinal);
        Assert.False((await EnvironmentAsync(appHost, ResourceNames.OnnxRunner)).ContainsKey("Inference__DeviceId"));
    }

    [Fact]
    public async Task A_container_gets_one_gpu_which_is_its_first_and_keeps_engines_on_a_volume()
    {
        await using var appHost = await CreateAsync("--Inference:GpuRunner=container", "--Inference:GpuDevice=2");
        var runner = Find(appHost, ResourceNames.TensorRtRunner);
        var environment = await EnvironmentAsync(appHost, ResourceNames.TensorRtRunner);
        Assert.Equal(["--gpus", "device=2", "--ipc=host"], await RuntimeArgumentsAsync(runner));
        Assert.Equal("0", environment["Inference__DeviceId"]);
        Assert.False(environment.ContainsKey("Inference__GpuMemoryLimitMiB"));
        var engines = Assert.Single(runner.Annotations.OfType<ContainerMountAnnotation>());
        Assert.Equal((ContainerMountType.Volume, environment["Inference__EngineCache"]), (engines.Type, engines.Target));
    }

    [Theory]
    [InlineData("Inference:GpuDevice", "first", "the number of a GPU")]
    [InlineData("Inference:GpuMemoryLimitMiB", "-1", "MiB, 0 for all there is")]
    [InlineData("Inference:GpuPrecision", "int8", "fp32 or fp16")]
    public async Task Settings_of_the_gpu_that_make_no_sense_are_refused(string setting, string value, string rule)
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => CreateAsync($"--{setting}={value}"));
        Assert.Contains($"{setting} is '{value}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ServerModes))]
    public async Task A_second_system_has_none_of_those_ports(string mode)
    {
        await using var appHost = await CreateAsync(
            $"--LocalServers:Mode={mode}",
            "--DcpPublisher:RandomizePorts=false",
            "--Ports:Fixed=false"
        );
        int?[] usual = [5432, 6379, 8000, 8001, 8002, 8003, 8004, 8005, 8006, 8007, 8011, 8017, 8080, 9000, 9001];
        Assert.Empty(
            appHost
                .Resources.SelectMany(static resource => resource.Annotations.OfType<EndpointAnnotation>())
                .Select(static endpoint => endpoint.Port)
                .Intersect(usual)
        );
    }

    [Theory]
    [MemberData(nameof(ServerModes))]
    public async Task The_table_is_complete_and_the_same_with_containers_and_without(string mode)
    {
        await using var appHost = await CreateAsync($"--LocalServers:Mode={mode}");
        string[] expected =
        [
            ResourceNames.Redis,
            ResourceNames.Postgres,
            ResourceNames.Database,
            $"{ResourceNames.Database}-app",
            $"{ResourceNames.Database}-gateway",
            ResourceNames.Migrations,
            ResourceNames.Backend,
            ResourceNames.BackendAlt,
            ResourceNames.OnnxRunner,
            ResourceNames.TensorRtRunner,
            ResourceNames.SentimentEngine,
            ResourceNames.FinBertServer,
            ResourceNames.StrategyEngine,
            ResourceNames.ExecutionEngine,
            ResourceNames.PatternEngine,
            ResourceNames.MarketData,
            ResourceNames.Worker,
            ResourceNames.MockMcp,
            ResourceNames.MockLlm,
            ResourceNames.Frontend,
        ];
        // Aspire gives each project a builder; the page's packages are a resource only until they are installed.
        var found = appHost
            .Resources.Where(r => r is not ParameterResource)
            .Select(r => r.Name)
            .Where(name => !name.EndsWith("-rebuilder", StringComparison.Ordinal) && name != $"{ResourceNames.Frontend}-packages");
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ServerModes))]
    public async Task Whoever_uses_the_database_waits_for_its_schema(string mode)
    {
        await using var appHost = await CreateAsync($"--LocalServers:Mode={mode}");
        var migrations = Find(appHost, ResourceNames.Migrations);
        Assert.Contains(migrations.Annotations.OfType<WaitAnnotation>(), w =>
            w.Resource.Name == ResourceNames.Database && w.WaitType == WaitType.WaitUntilHealthy
        );
        Assert.All(DatabaseUsers, name =>
            Assert.Contains(Find(appHost, name).Annotations.OfType<WaitAnnotation>(), w =>
                w.Resource == migrations && w.WaitType == WaitType.WaitForCompletion
            )
        );
    }

    [Fact]
    public async Task Every_service_is_probed_on_three_paths()
    {
        await using var appHost = await CreateAsync();
        var services = appHost.Resources.OfType<ProjectResource>().Where(r => r.Name != ResourceNames.Migrations).ToList();
        Assert.Equal(13, services.Count);
        Assert.All(services, service =>
            Assert.Equal(
                [(ProbeType.Readiness, "/ready"), (ProbeType.Liveness, "/alive"), (ProbeType.Startup, "/health")],
                service.Annotations.OfType<EndpointProbeAnnotation>().Select(p => (p.Type, p.Path))
            )
        );
    }

    [Fact]
    public async Task Only_the_gateway_and_the_page_face_the_outside()
    {
        await using var appHost = await CreateAsync();
        var external = appHost.Resources.Where(r => r.Annotations.OfType<EndpointAnnotation>().Any(e => e.IsExternal)).Select(r => r.Name);
        Assert.Equal([ResourceNames.Backend, ResourceNames.BackendAlt, ResourceNames.Frontend], external.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Parameters_are_secret_generated_and_long_enough()
    {
        await using var appHost = await CreateAsync();
        var parameters = appHost.Resources.OfType<ParameterResource>().ToList();
        Assert.Equal(7, parameters.Count);
        foreach (var parameter in parameters)
        {
            Assert.True(parameter.Secret, parameter.Name);
            var value = await parameter.GetValueAsync(_test);
            Assert.Matches("^[A-Za-z0-9]+$", value);
            Assert.True(value!.Length >= (parameter.Name is "jwt-signing-key" or "service-token-key" ? 32 : 22), parameter.Name);
        }
    }

    [Fact]
    public async Task A_replay_on_the_command_line_reaches_market_data_with_a_whole_path()
    {
        var file = Path.GetRelativePath(Environment.CurrentDirectory, typeof(TopologyTests).Assembly.Location);
        await using var appHost = await CreateAsync($"--Replay:Path={file}", "--Replay:Speed=max");
        var environment = await EnvironmentAsync(appHost, ResourceNames.MarketData);
        Assert.Equal(Path.GetFullPath(file), environment["Replay__Path"]);
        Assert.Equal("max", environment["Replay__Speed"]);
        Assert.Equal("false", environment["Feed__Enabled"]);
    }

    [Fact]
    public async Task Settings_of_patterns_on_the_command_line_reach_the_pattern_engine()
    {
        await using var appHost = await CreateAsync(
            "--Patterns:Enabled=ema_cross,breakout",
            "--Patterns:Symbols:NSE:INFY:breakout:Lookback=50"
        );
        var environment = await EnvironmentAsync(appHost, ResourceNames.PatternEngine);
        Assert.Equal("ema_cross,breakout", environment["Patterns__Enabled"]);
        Assert.Equal("50", environment["Patterns__Symbols__NSE__INFY__breakout__Lookback"]);
    }

    [Theory]
    [InlineData(ResourceNames.SentimentEngine)]
    [InlineData(ResourceNames.Worker)]
    public async Task Who_stores_texts_and_who_removes_them_have_one_retention(string name)
    {
        await using var appHost = await CreateAsync("--SentimentItems:Retention=30.00:00:00");
        Assert.Equal("30.00:00:00", (await EnvironmentAsync(appHost, name))["SentimentItems__Retention"]);
    }

    [Fact]
    public async Task Settings_of_the_market_reach_the_mock()
    {
        await using var appHost = await CreateAsync("--Market:Seed=7", "--Market:Schedule=range:200,halt:30");
        var environment = await EnvironmentAsync(appHost, ResourceNames.MockMcp);
        Assert.Equal(("7", "range:200,halt:30"), (environment["Market__Seed"], environment["Market__Schedule"]));
    }

    [Fact]
    public async Task Settings_of_the_feed_reach_market_data_and_a_replay_keeps_it_off()
    {
        await using var appHost = await CreateAsync("--Feed:Kind=binance", "--Feed:Binance:Symbols=BTCUSDT,ETHUSDT");
        var environment = await EnvironmentAsync(appHost, ResourceNames.MarketData);
        Assert.Equal(("binance", "BTCUSDT,ETHUSDT"), (environment["Feed__Kind"], environment["Feed__Binance__Symbols"]));
        Assert.False(environment.ContainsKey("Feed__Enabled"));
        await using var replaying = await CreateAsync("--Feed:Enabled=true", "--Replay:Path=demo");
        Assert.Equal("false", (await EnvironmentAsync(replaying, ResourceNames.MarketData))["Feed__Enabled"]);
    }

    [Fact]
    public async Task Several_files_each_get_a_whole_path_and_names_stay_names()
    {
        var file = Path.GetRelativePath(Environment.CurrentDirectory, typeof(TopologyTests).Assembly.Location);
        await using var appHost = await CreateAsync($"--Replay:Path={file};demo", "--Replay:Loop=true", "--Replay:Folders:0=.");
        var environment = await EnvironmentAsync(appHost, ResourceNames.MarketData);
        Assert.Equal($"{Path.GetFullPath(file)};demo", environment["Replay__Path"]);
        Assert.Equal("true", environment["Replay__Loop"]);
        Assert.Equal(Environment.CurrentDirectory, environment["Replay__Folders__0"]);
    }

    [Fact]
    public async Task Without_a_replay_nobody_switches_the_feed_off()
    {
        await using var appHost = await CreateAsync();
        var environment = await EnvironmentAsync(appHost, ResourceNames.MarketData);
        Assert.False(environment.ContainsKey("Feed__Enabled"));
        Assert.False(environment.ContainsKey("Replay__Path"));
    }

    [Theory]
    [InlineData("process", typeof(ProjectResource), false)]
    [InlineData("container", typeof(ContainerResource), true)]
    public async Task The_gpu_runner_is_what_the_setting_says(string setting, Type expected, bool wantsGpu)
    {
        await using var appHost = await CreateAsync($"--Inference:GpuRunner={setting}");
        var runner = Find(appHost, ResourceNames.TensorRtRunner);
        Assert.IsType(expected, runner);
        Assert.Equal(wantsGpu, (await RuntimeArgumentsAsync(runner)).Contains("--gpus"));
        Assert.Equal(wantsGpu && !Accelerators.HasNvidiaGpu(), runner.Annotations.OfType<ExplicitStartupAnnotation>().Any());
    }

    [Fact]
    public async Task A_gpu_runner_nobody_knows_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => CreateAsync("--Inference:GpuRunner=abacus"));
        Assert.Contains("auto, container or process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_homes_have_volumes_of_their_own()
    {
        await using var one = await CreateAsync();
        await using var same = await CreateAsync();
        await using var other = await CreateAsync($"--{HomeFolder.Setting}={_home}/other");
        Assert.Equal(VolumesOf(one), VolumesOf(same));
        Assert.Equal(2, VolumesOf(one).Count);
        Assert.Empty(VolumesOf(one).Intersect(VolumesOf(other)));
    }

    [Fact]
    public async Task Replicas_come_from_configuration()
    {
        await using var appHost = await CreateAsync("--Replicas:onnx-runner=3");
        Assert.Equal(3, Find(appHost, ResourceNames.OnnxRunner).GetReplicaCount());
        Assert.Equal(1, Find(appHost, ResourceNames.Backend).GetReplicaCount());
    }

    [Theory]
    [InlineData(ResourceNames.ExecutionEngine)]
    [InlineData(ResourceNames.MarketData)]
    [InlineData(ResourceNames.PatternEngine)]
    [InlineData(ResourceNames.StrategyEngine)]
    public async Task Replicas_of_what_would_do_harm_twice_are_refused(string name)
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => CreateAsync($"--Replicas:{name}=2"));
        Assert.Contains($"Replicas:{name} cannot be more than 1", refusal.Message, StringComparison.Ordinal);
    }

    private static List<string?> VolumesOf(IDistributedApplicationTestingBuilder appHost) =>
        [
            .. appHost
                .Resources.SelectMany(r => r.Annotations.OfType<ContainerMountAnnotation>())
                .Select(mount => mount.Source)
                .Order(StringComparer.Ordinal),
        ];

    private static async Task<List<object>> RuntimeArgumentsAsync(IResource resource)
    {
        var arguments = new List<object>();
        foreach (var annotation in resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(new ContainerRuntimeArgsCallbackContext(arguments));
        }

        return arguments;
    }

    private async Task<Dictionary<string, object>> EnvironmentAsync(IDistributedApplicationTestingBuilder appHost, string name)
    {
        // References resolve only once the application runs; the plain settings are what is looked at here.
        var resource = Find(appHost, name);
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

    // Nothing is started, so that containers need no runtime; the last of two arguments wins.
    private Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] arguments) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.AITrader_AppHost>(
            [$"--{HomeFolder.Setting}={_home}", "--LocalServers:Mode=containers", "--Inference:GpuRunner=process", .. arguments],
            _test
        );

    private static IResource Find(IDistributedApplicationTestingBuilder appHost, string name) =>
        appHost.Resources.Single(r => r.Name == name);
}
