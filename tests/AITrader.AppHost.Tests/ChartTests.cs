using AITrader.AppHost.Kubernetes;
using AITrader.AppHost.Naming;
using AITrader.AppHost.Tests.Charts;
using AITrader.TestSupport;
using k8s.Models;

namespace AITrader.AppHost.Tests;

/// <summary>What the chart is to say; that it is sound is <see cref="ChartValidatorTests"/>' business.</summary>
public sealed class ChartTests(PublishedChart published) : IClassFixture<PublishedChart>
{
    private static readonly string[] Single =
    [
        ResourceNames.ExecutionEngine,
        ResourceNames.MarketData,
        ResourceNames.MockMcp,
        ResourceNames.PatternEngine,
        ResourceNames.SentimentEngine,
        ResourceNames.StrategyEngine,
        ResourceNames.Worker,
    ];

    [Fact]
    public void Every_resource_has_a_workload_and_every_workload_but_the_job_a_service_and_a_policy()
    {
        Assert.Equal(17, published.Manifests.Workloads.Count);
        Assert.All(published.Manifests.Workloads, workload =>
        {
            Assert.Equal(workload.Manifest is V1Job, published.Manifests.Find<V1Service>($"{workload.Component}-service") is null);
            Assert.Equal(
                workload.Manifest is V1Job,
                published.Manifests.Find<V1NetworkPolicy>($"{workload.Component}-network-policy") is null
            );
        });
    }

    [Fact]
    public void Two_versions_of_a_single_service_never_overlap()
    {
        var recreated = published.Manifests.Workloads.Where(w => w.Strategy is { Type: "Recreate" }).Select(w => w.Component);
        Assert.Equal(Single, recreated.Order(StringComparer.Ordinal));
        Assert.All(Single, name => Assert.Equal(1, ((V1Deployment)published.Manifests.WorkloadOf(name).Manifest).Spec.Replicas));
    }

    [Fact]
    public void A_service_that_may_overlap_is_there_all_through_an_upgrade()
    {
        var rolling = published
            .Manifests.Workloads.Where(w => w.Strategy is { Type: "RollingUpdate" } && w.Component != ResourceNames.TensorRtRunner)
            .ToList();
        Assert.Equal(
            [
                ResourceNames.Backend,
                ResourceNames.BackendAlt,
                ResourceNames.FinBertServer,
                ResourceNames.Frontend,
                ResourceNames.MockLlm,
                ResourceNames.OnnxRunner,
            ],
            rolling.Select(w => w.Component).Order(StringComparer.Ordinal)
        );
        Assert.All(rolling, w =>
            Assert.Equal(("1", "0"), (w.Strategy!.RollingUpdate.MaxSurge.Value, w.Strategy.RollingUpdate.MaxUnavailable.Value))
        );
    }

    [Fact]
    public void Probes_have_a_path_of_their_own()
    {
        var probed = published.Manifests.Workloads.Where(w => w.Manifest is V1Deployment && w.Component != ResourceNames.Frontend).ToList();
        Assert.Equal(13, probed.Count);
        Assert.All(probed, w =>
            Assert.Equal(
                ("/health", "/ready", "/alive"),
                (w.Container.StartupProbe.HttpGet.Path, w.Container.ReadinessProbe.HttpGet.Path, w.Container.LivenessProbe.HttpGet.Path)
            )
        );
    }

    [Fact]
    public void The_tensorrt_runner_asks_for_one_gpu_on_a_node_that_has_one()
    {
        var runner = published.Manifests.WorkloadOf(ResourceNames.TensorRtRunner);
        Assert.Equal("1", runner.Container.Resources.Limits[GpuWorkload.GpuResource].ToString());
        Assert.Equal("nvidia", runner.Pod.RuntimeClassName);
        Assert.Equal(GpuWorkload.GpuResource, Assert.Single(runner.Pod.Tolerations).Key);
        Assert.Equal(("0", "1"), (runner.Strategy!.RollingUpdate.MaxSurge.Value, runner.Strategy.RollingUpdate.MaxUnavailable.Value));
    }

    [Theory]
    [InlineData(ResourceNames.OnnxRunner, 8011)]
    [InlineData(ResourceNames.TensorRtRunner, 8017)]
    public void Runners_speak_grpc_beside_rest(string name, int port)
    {
        var pod = published.Manifests.WorkloadOf(name).Container;
        Assert.Equal([8080, 8081], pod.Ports.Select(static one => one.ContainerPort).Order());
        var service = published.Manifests.Find<V1Service>($"{name}-service")!;
        Assert.Contains(service.Spec.Ports, one => one.Name == "grpc" && one.Port == port && one.TargetPort.Value == "8081");
        var settings = published.Manifests.Find<V1ConfigMap>($"{name}-config")!.Data;
        Assert.Equal("8081", settings["Inference__GrpcPort"]);
        // The GPU's image says it itself.
        Assert.Equal("8080", settings.TryGetValue("HTTP_PORTS", out var ports) ? ports : "8080");
    }

    // No container engine builds it here: what it says is held against what the chart makes of it.
    [Fact]
    public void The_gpu_image_has_the_ports_the_volume_and_the_user_of_its_pod()
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.RepositoryRoot, "deploy", "tensorrt", "Dockerfile"));
        var workload = published.Manifests.WorkloadOf(ResourceNames.TensorRtRunner);
        Assert.Contains($"EXPOSE {string.Join(' ', workload.Container.Ports.Select(static one => one.ContainerPort).Order())}", lines);
        Assert.Contains($"VOLUME {Assert.Single(workload.Container.VolumeMounts).MountPath}", lines);
        Assert.Contains($"USER {workload.Pod.SecurityContext.RunAsUser}:{workload.Pod.SecurityContext.RunAsGroup}", lines);
    }

    [Fact]
    public void Pods_run_without_root_and_within_limits() => Assert.All(published.Manifests.Workloads, w =>
        {
            Assert.True(w.Pod.SecurityContext.RunAsNonRoot);
            Assert.NotEqual(0, w.Pod.SecurityContext.RunAsUser);
            Assert.False(w.Container.SecurityContext.AllowPrivilegeEscalation);
            Assert.False(w.Pod.AutomountServiceAccountToken);
            Assert.False(w.Pod.EnableServiceLinks);
            Assert.True(w.Container.Resources.Requests.ContainsKey("cpu"));
            Assert.True(w.Container.Resources.Limits.ContainsKey("memory"));
        });

    [Fact]
    public void Strangers_reach_only_the_gateway_and_the_page()
    {
        var open = published
            .Manifests.Of<V1NetworkPolicy>()
            .Where(p => p.Spec.Ingress.Any(rule => rule.FromProperty is null))
            .Select(p => p.Metadata.Name);
        Assert.Equal(
            [
                $"{ResourceNames.BackendAlt}-network-policy",
                $"{ResourceNames.Backend}-network-policy",
                $"{ResourceNames.Frontend}-network-policy",
            ],
            open.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(ResourceNames.Backend)]
    [InlineData(ResourceNames.OnnxRunner)]
    public void Autoscaled_services_leave_the_number_of_replicas_to_the_autoscaler(string name)
    {
        Assert.Equal($"{name}-deployment", published.Manifests.Find<V2HorizontalPodAutoscaler>($"{name}-hpa")!.Spec.ScaleTargetRef.Name);
        Assert.Null(((V1Deployment)published.Manifests.WorkloadOf(name).Manifest).Spec.Replicas);
    }

    [Fact]
    public void Migrations_are_a_job_that_ends_and_each_upgrade_has_its_own()
    {
        var job = Assert.Single(published.Manifests.Of<V1Job>());
        Assert.Equal(("migrations-job-1", "OnFailure"), (job.Metadata.Name, job.Spec.Template.Spec.RestartPolicy));
    }

    [Fact]
    public void No_secret_has_a_value()
    {
        Assert.All(published.Chart.SecretValues, Assert.Empty);
        Assert.NotEmpty(published.Chart.SecretValues);
        Assert.All(published.Manifests.Of<V1ConfigMap>().SelectMany(m => m.Data), setting =>
            Assert.DoesNotMatch("(?i)password|key|code|token", setting.Key)
        );
        Assert.All(published.Chart.Texts, text => Assert.DoesNotMatch("(?i)password=[^{]", text));
    }

    [Fact]
    public void Redis_and_postgres_keep_their_data_on_claims_and_take_their_settings()
    {
        var redis = published.Manifests.WorkloadOf(ResourceNames.Redis);
        Assert.Equal("docker.io/library/redis:7.4", redis.Container.Image);
        Assert.Equal(["/bin/sh", "-c"], redis.Container.Command.Append(redis.Container.Args[0]));
        Assert.Matches("^redis-server --requirepass \\$REDIS_PASSWORD .*--appendonly yes", redis.Container.Args[1]);
        Assert.Equal("/data", Assert.Single(redis.Container.VolumeMounts).MountPath);
        var postgres = published.Manifests.WorkloadOf(ResourceNames.Postgres);
        Assert.Equal("docker.io/library/postgres:15", postgres.Container.Image);
        Assert.Equal(["-c", "max_connections=300"], postgres.Container.Args);
        Assert.Equal("/var/lib/postgresql/data", Assert.Single(postgres.Container.VolumeMounts).MountPath);
    }

    [Fact]
    public void The_page_is_served_by_its_image_alone()
    {
        var page = published.Manifests.WorkloadOf(ResourceNames.Frontend).Container;
        Assert.Null(page.Command);
        Assert.Null(page.Args);
        Assert.Equal("http://backend-service:8080", published.Manifests.Find<V1ConfigMap>("frontend-config")!.Data["BACKEND_HTTP"]);
    }

    [Fact]
    public async Task A_publication_that_fails_says_so_by_its_exit_code()
    {
        var (exitCode, output) = await PublishedChart.PublishAsync(Path.Combine(typeof(ChartTests).Assembly.Location, "chart"));
        Assert.Equal(1, exitCode);
        Assert.Contains("publish-k8s", output, StringComparison.Ordinal);
    }
}
