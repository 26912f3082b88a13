using AITrader.AppHost;
using AITrader.AppHost.Home;
using AITrader.AppHost.Kubernetes;
using AITrader.AppHost.Naming;
using AITrader.AppHost.Settings;
using AITrader.AppHost.Topology;

var builder = DistributedApplication.CreateBuilder(args);

builder.AddSettingsFile();
using var presence = await HostPresence.AnnounceAsync(builder);

builder.AddCluster();
var secrets = Secrets.AddTo(builder);

// State: the bus and the database. Both outlive the processes; containers where they run, else servers of this machine.
var redis = builder.AddBus(secrets.RedisPassword);
var owner = builder.AddDatabase(secrets.PostgresPassword);
var (database, gatewayDatabase) = (owner.AsServices(secrets.AppPassword), owner.AsGateway(secrets.GatewayPassword));

var migrations = builder
    .AddProject<Projects.AITrader_Migrations>(ResourceNames.Migrations, launchProfileName: null)
    .WithOwnSettings()
    .WithRunEnvironment()
    .WithReference(owner)
    .WaitFor(owner)
    .WithEnvironment("Roles__App__Password", secrets.AppPassword)
    .WithEnvironment("Roles__Gateway__Password", secrets.GatewayPassword)
    .WithImageName(ResourceNames.Migrations)
    .PublishAsKubernetesService(MigrationWorkload.Configure);

// Inference: two services that are raced for every forecast.
var onnxRunner = builder
    .AddService<Projects.AITrader_OnnxRunner>(ResourceNames.OnnxRunner, secrets.ServiceTokenKey, port: 8001)
    .WithGrpc(port: 8011)
    .PublishAsKubernetesService(ServiceWorkload.AutoScale);
var tensorRtRunner = builder.AddTensorRtRunner(secrets.ServiceTokenKey);
var finBertServer = builder.AddService<Projects.AITrader_FinBertServer>(ResourceNames.FinBertServer, secrets.ServiceTokenKey, port: 8004);

// Stand-ins for the world outside: an exchange with its ticker, and a language model. The exchange keeps sessions and prices in memory, so
// a client that signed in at one of two instances would be unknown to the other.
var mockMcp = builder
    .AddService<Projects.AITrader_MockMcp>(ResourceNames.MockMcp, secrets.ServiceTokenKey, port: 9000)
    .AsOnlyInstance()
    .WithSettings(builder.Configuration, "Market");
var mockLlm = builder.AddService<Projects.AITrader_MockLlm>(ResourceNames.MockLlm, secrets.ServiceTokenKey, port: 9001);

// Texts become readings: of the mock's made-up news, unless sources are set. Two would ask every source twice and publish every reading
// twice.
var sentimentEngine = builder
    .AddService<Projects.AITrader_SentimentEngine>(ResourceNames.SentimentEngine, secrets.ServiceTokenKey, port: 8002)
    .AsOnlyInstance()
    .WithBus(redis)
    .WithDatabase(database, migrations)
    .WithReferences(finBertServer, mockLlm)
    .WithSettings(builder.Configuration, "SentimentItems");

// Tick to fill. None calls another of these: what one has for the next goes over the bus. Of each there is one, for reasons of their own.
// Two would publish every tick of the feed twice, and share a replay that has one reader.
var marketData = builder
    .AddService<Projects.AITrader_MarketData>(ResourceNames.MarketData, secrets.ServiceTokenKey)
    .AsOnlyInstance()
    .WithBus(redis)
    .WithDatabase(database, migrations)
    .WithReference(mockMcp)
    .WithSettings(builder.Configuration, "Feed")
    .WithTickSource(builder.Configuration);

// Indicators of a symbol live in one process, which reads the ticks under one consumer name: a second would take what the first has
// pending. Of the rest of the way it asks nobody but for the class of a signal's bars, for which live signals wait milliseconds at most.
var patternEngine = builder
    .AddService<Projects.AITrader_PatternEngine>(ResourceNames.PatternEngine, secrets.ServiceTokenKey)
    .AsOnlyInstance()
    .WithBus(redis)
    .WithReference(onnxRunner)
    .WithEnvironment("Classifier__Runner", $"http://{ResourceNames.OnnxRunner}")
    .WithSettings(builder.Configuration, "Patterns")
    .WithSettings(builder.Configuration, "Classifier");

// Signals are decided in the order of the stream, each by the positions that the one before left; one consumer name here too.
var strategyEngine = builder
    .AddService<Projects.AITrader_StrategyEngine>(ResourceNames.StrategyEngine, secrets.ServiceTokenKey, port: 8005)
    .AsOnlyInstance()
    .WithBus(redis)
    .WithDatabase(database, migrations)
    .WithReferences(onnxRunner, sentimentEngine, mockMcp, mockLlm)
    .WithReference(tensorRtRunner)
    .WithStrategies()
    .WithLiveAccount();

// The one writer of the books, which it keeps in memory: a second would fill and book the same orders.
var executionEngine = builder
    .AddService<Projects.AITrader_ExecutionEngine>(ResourceNames.ExecutionEngine, secrets.ServiceTokenKey, port: 8006)
    .AsOnlyInstance()
    .WithBus(redis)
    .WithDatabase(database, migrations)
    .WithReference(mockMcp);

// Jobs are leased, so that several workers are safe; but an upgrade has no use for two versions at once, each with its own rules of
// retention.
var worker = builder
    .AddService<Projects.AITrader_Worker>(ResourceNames.Worker, secrets.ServiceTokenKey)
    .WithBus(redis)
    .WithDatabase(database, migrations)
    .WithSettings(builder.Configuration, "SentimentItems")
    .PublishAsKubernetesService(ServiceWorkload.Replace);

// The gateway, twice, and the page.
var backend = AddBackend<Projects.AITrader_Backend>(ResourceNames.Backend, port: 8000)
    .PublishAsKubernetesService(ServiceWorkload.AutoScale);
AddBackend<Projects.AITrader_Backend>(ResourceNames.BackendAlt, port: 8003).WithImageName(ResourceNames.Backend);
builder.AddFrontend(backend);

builder.RefuseUnknownServices();
builder.ChoosePorts();
return await builder.Build().RunToExitCodeAsync();

IResourceBuilder<ProjectResource> AddBackend<TProject>(string name, int port)
    where TProject : IProjectMetadata, new() =>
    builder
        .AddService<TProject>(name, secrets.ServiceTokenKey, port)
        .WithBus(redis)
        .WithDatabase(gatewayDatabase, migrations)
        .WithReferences(
            onnxRunner,
            finBertServer,
            sentimentEngine,
            strategyEngine,
            executionEngine,
            patternEngine,
            marketData,
            worker,
            mockMcp,
            mockLlm
        )
        .WithReference(tensorRtRunner)
        .WithEnvironment("Auth__SigningKey", secrets.JwtSigningKey)
        .WithEnvironment("Auth__AdminKey", secrets.AdminKey)
        .WithExternalHttpEndpoints();
