var builder = DistributedApplication.CreateBuilder(args);
builder.AddKubernetesEnvironment("k8s").WithProperties(e => (e.DashboardEnabled, e.DefaultStorageType) = (false, "pvc"));

var redis = builder.AddRedis("redis", port: 16379).WithImageTag("7.4").WithDataVolume("redis-data")
    .WithPersistence(TimeSpan.FromSeconds(60), 100).WithoutHttpsCertificate().WithLifetime(ContainerLifetime.Persistent);
var postgres = builder.AddPostgres("postgres", port: 15432).WithImageTag("15").WithDataVolume("pg-data");
var db = postgres.AddDatabase("appdb", databaseName: "app");
var greeting = builder.AddParameter("greeting", "namaste");
var gpu = builder.AddDockerfile("gpu", "../gpu").WithBuildArg("VERSION", "1").WithContainerRuntimeArgs("--gpus", "all")
    .WithHttpEndpoint(port: 18007, targetPort: 8080, name: "http");

var migrations = builder.AddProject<Projects.Demo_Service>("migrations", launchProfileName: null)
    .WithArgs("migrate").WithReference(db).WaitFor(db);
var front = builder.AddProject<Projects.Demo_Service>("front", launchProfileName: null)
    .WithHttpEndpoint().WithReplicas(2).WithHttpHealthCheck("/health");
var api = builder.AddProject<Projects.Demo_Service>("api", launchProfileName: null)
    .WithHttpEndpoint(port: 18000, name: "http").WithExternalHttpEndpoints()
    .WithReference(redis).WithReference(db).WithReference(front).WithReference(gpu.GetEndpoint("http"))
    .WithEnvironment("GREETING", greeting)
    .WithEnvironment("FRONT_ADDRESS", $"at {front.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}")
    .WaitFor(redis).WaitFor(front).WaitFor(gpu).WaitForCompletion(migrations)
    .WithUrlForEndpoint("http", u => u.DisplayText = "API")
    .WithUrls(c => c.Urls.Add(new ResourceUrlAnnotation { Url = $"{c.GetEndpoint("http")!.Url}/env", DisplayText = "Environment" }))
    .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http")
    .WithHttpProbe(ProbeType.Liveness, "/alive", endpointName: "http")
    .PublishAsKubernetesService(r => r.Workload!.PodTemplate.Spec.Containers[0].ReadinessProbe!.HttpGet!.Scheme = "HTTP");
builder.AddViteApp("web", "../web").WithNpm(installCommand: "install", installArgs: ["--no-audit", "--no-fund", "--offline"])
    .WithReference(api).WaitFor(api).WithExternalHttpEndpoints().WithHttpHealthCheck("/")
    .WithEndpoint("http", e => e.TargetPort = builder.ExecutionContext.IsPublishMode ? 8080 : null);
builder.AddExecutable("on-demand", "sleep", ".", "1000").WithExplicitStart().ExcludeFromManifest();
builder.AddExecutable("failing", "sh", ".", "-c", "echo reading settings; echo no such key >&2; exit 3").WithExplicitStart().ExcludeFromManifest();
builder.AddExecutable("missing", "no-such-program", ".").WithExplicitStart().ExcludeFromManifest();

builder.Build().Run();
