using AITrader.AppHost;
using AITrader.AppHost.Kubernetes;

var builder = DistributedApplication.CreateBuilder(args);

builder.AddSettingsFile();
using var presence = await HostPresence.AnnounceAsync(builder);

builder.AddCluster();
var secrets = Secrets.AddTo(builder);

// State: the bus and the database. Both outlive the processes; containers where they run, else servers of this machine.
var redis = builder.AddBus(secrets.RedisPassword);
var database = builder.AddDatabase(secrets.PostgresPassword);

var migrations = builder.AddProject<Projects.AITrader_Migrations>(ResourceNames.Migrations, launchProfileName: null)
    .WithOwnSettings()
    .WithRunEnvironment()
    .WithReference(database).WaitFor(database)
    .WithEnvironment("Auth__SignInCode", secrets.AdminSignIn)
    .PublishAsKubernetesService(MigrationWorkload.Configure);

// Inference: two services that are raced for every forecast.
var onnxRunner = builder.AddService<Projects.AITrader_OnnxRunner>(ResourceNames.OnnxRunner, secrets.ServiceTokenKey, port: 8001)
    .WithReference(database)
    .PublishAsKubernetesService(ServiceWorkload.AutoScale);
var tensorRtRunner = builder.AddTensorRtRunner(secrets.ServiceTokenKey);
var finBertServer = builder.AddService<Projects.AITrader_FinBertServer>(ResourceNames.FinBertServer, secrets.ServiceTokenKey, port: 8004);
var sentimentEngine = builder.AddService<Projects.AITrader_SentimentEngine>(ResourceNames.SentimentEngine, secrets.ServiceTokenKey, port: 8002)
    .WithBus(redis).WithDatabase(database, migrations)
    .WithReference(finBertServer);

// The world outside, made up: an exchange with its ticker, and a language model.
var mockMcp = builder.AddService<Projects.AITrader_MockMcp>(ResourceNames.MockMcp, secrets.ServiceTokenKey, port: 9000)
    .WithSettings(builder.Configuration, "Market");
var mockLlm = builder.AddService<Projects.AITrader_MockLlm>(ResourceNames.MockLlm, secrets.ServiceTokenKey, port: 9001);

// Tick to fill. These meet only on the bus.
var marketData = builder.AddService<Projects.AITrader_MarketData>(ResourceNames.MarketData, secrets.ServiceTokenKey)
    .WithBus(redis).WithDatabase(database, migrations)
    .WithReference(mockMcp)
    .WithSettings(builder.Configuration, "Feed")
    .WithTickSource(builder.Configuration);
var patternEngine = builder.AddService<Projects.AITrader_PatternEngine>(ResourceNames.PatternEngine, secrets.ServiceTokenKey)
    .WithBus(redis)
    .WithReference(onnxRunner)
    .WithSettings(builder.Configuration, "Patterns");
var strategyEngine = builder.AddService<Projects.AITrader_StrategyEngine>(ResourceNames.StrategyEngine, secrets.ServiceTokenKey, port: 8005)
    .WithBus(redis).WithDatabase(database, migrations)
    .WithReferences(onnxRunner, sentimentEngine, mockMcp, mockLlm)
    .WithReference(tensorRtRunner);
var executionEngine = builder.AddService<Projects.AITrader_ExecutionEngine>(ResourceNames.ExecutionEngine, secrets.ServiceTokenKey, port: 8006)
    .WithBus(redis).WithDatabase(database, migrations)
    .WithReference(mockMcp);
var worker = builder.AddService<Projects.AITrader_Worker>(ResourceNames.Worker, secrets.ServiceTokenKey)
    .WithBus(redis).WithDatabase(database, migrations)
    .WithReference(onnxRunner).WithReference(tensorRtRunner);

// The gateway, twice, and the page.
var backend = AddBackend<Projects.AITrader_Backend>(ResourceNames.Backend, port: 8000).PublishAsKubernetesService(ServiceWorkload.AutoScale);
AddBackend<Projects.AITrader_Backend>(ResourceNames.BackendAlt, port: 8003);
builder.AddFrontend(backend);

builder.RefuseUnknownServices();
await builder.Build().RunAsync();

IResourceBuilder<ProjectResource> AddBackend<TProject>(string name, int port)
    where TProject : IProjectMetadata, new() => builder.AddService<TProject>(name, secrets.ServiceTokenKey, port)
    .WithBus(redis).WithDatabase(database, migrations)
    .WithReferences(
        onnxRunner, finBertServer, sentimentEngine, strategyEngine, executionEngine, patternEngine, marketData, worker, mockMcp, mockLlm)
    .WithReference(tensorRtRunner)
    .WithEnvironment("Auth__SigningKey", secrets.JwtSigningKey)
    .WithEnvironment("Auth__SignInCode", secrets.AdminSignIn)
    .WithExternalHttpEndpoints();
