using AITrader.AppHost.Kubernetes;
using YamlDotNet.RepresentationModel;

namespace AITrader.AppHost.Tests;

/// <summary>The Helm chart that publishing writes, read back as YAML.</summary>
public sealed class ChartTests(Chart chart) : IClassFixture<Chart>
{
    [Fact]
    public void Every_workload_selects_its_own_pods_and_its_service_does_too()
    {
        Assert.All(chart.Workloads, workload =>
        {
            var labels = Chart.Map(workload.Root, "spec", "template", "metadata", "labels");
            Assert.Equal(workload.Resource, labels["app.kubernetes.io/component"]);
            if (workload.Kind != "Job")
            {
                Assert.Equal(labels, Chart.Map(workload.Root, "spec", "selector", "matchLabels"));
            }

            if (chart.Find(workload.Resource, "service") is { } service)
            {
                Assert.Equal(labels, Chart.Map(service, "spec", "selector"));
            }
        });
        Assert.Equal(17, chart.Workloads.Count);
    }

    [Fact]
    public void Every_service_port_is_a_port_of_its_container()
    {
        Assert.All(chart.Workloads.Where(w => chart.Find(w.Resource, "service") is not null), workload =>
        {
            var open = Chart.List(workload.Container, "ports").Select(p => Chart.Text(p, "containerPort")).ToList();
            Assert.All(Chart.List(chart.Find(workload.Resource, "service")!, "spec", "ports"), p => Assert.Contains(Chart.Text(p, "targetPort"), open));
        });
    }

    [Fact]
    public void Probes_have_the_scheme_in_capitals_and_a_path_of_their_own()
    {
        var probed = chart.Workloads.Where(w => w.Kind == "Deployment" && w.Resource != ResourceNames.Frontend).ToList();
        Assert.Equal(13, probed.Count);
        Assert.All(probed, workload =>
        {
            Assert.All((string[])["startupProbe", "readinessProbe", "livenessProbe"], p => Assert.Equal("HTTP", Chart.Text(workload.Container, p, "httpGet", "scheme")));
            Assert.Equal("/ready", Chart.Text(workload.Container, "readinessProbe", "httpGet", "path"));
            Assert.Equal("/alive", Chart.Text(workload.Container, "livenessProbe", "httpGet", "path"));
        });
    }

    [Fact]
    public void The_tensorrt_runner_asks_for_one_gpu_on_a_node_that_has_one()
    {
        var runner = chart.Workloads.Single(w => w.Resource == ResourceNames.TensorRtRunner);
        Assert.Equal("1", Chart.Text(runner.Container, "resources", "limits", GpuWorkload.GpuResource));
        Assert.Equal("nvidia", Chart.Text(runner.Pod, "runtimeClassName"));
        Assert.Equal(GpuWorkload.GpuResource, Chart.Text(Chart.List(runner.Pod, "tolerations").Single(), "key"));
        Assert.Equal("tensorrt-runner-tensorrt-engines-pvc", Chart.Text(Chart.List(runner.Pod, "volumes").Single(), "persistentVolumeClaim", "claimName"));
    }

    [Fact]
    public void Pods_run_without_root_and_within_limits()
    {
        Assert.All(chart.Workloads, workload =>
        {
            Assert.Equal("true", Chart.Text(workload.Pod, "securityContext", "runAsNonRoot"));
            Assert.Equal("false", Chart.Text(workload.Container, "securityContext", "allowPrivilegeEscalation"));
            Assert.NotEmpty(Chart.Text(workload.Container, "resources", "requests", "cpu"));
            Assert.NotEmpty(Chart.Text(workload.Container, "resources", "limits", "memory"));
        });
    }

    [Fact]
    public void Strangers_reach_only_the_gateway_and_the_page()
    {
        var open = chart.Workloads.Where(w => w.Kind != "Job")
            .Where(w => Chart.List(chart.Find(w.Resource, "network-policy")!, "spec", "ingress").Any(r => !((YamlMappingNode)r).Children.Keys.Any(k => k.ToString() == "from")))
            .Select(w => w.Resource);
        Assert.Equal([ResourceNames.Backend, ResourceNames.BackendAlt, ResourceNames.Frontend], open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(ResourceNames.Backend)]
    [InlineData(ResourceNames.OnnxRunner)]
    public void Autoscaled_services_leave_the_number_of_replicas_to_the_autoscaler(string name)
    {
        var deployment = chart.Find(name, "deployment")!;
        Assert.Equal(Chart.Text(deployment, "metadata", "name"), Chart.Text(chart.Find(name, "hpa")!, "spec", "scaleTargetRef", "name"));
        Assert.DoesNotContain(((YamlMappingNode)deployment["spec"]).Children.Keys, k => k.ToString() == "replicas");
    }

    [Fact]
    public void Migrations_are_a_job_that_ends()
    {
        var job = Assert.Single(chart.Workloads, w => w.Kind == "Job");
        Assert.Equal(ResourceNames.Migrations, job.Resource);
        Assert.Equal("OnFailure", Chart.Text(job.Pod, "restartPolicy"));
    }

    [Fact]
    public void Every_expression_refers_to_a_value_that_is_there()
    {
        var references = chart.Texts.SelectMany(t => Chart.Expressions(t.Text)).Where(e => e.StartsWith(".Values.", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(chart.HasValue(reference), reference));
    }

    [Fact]
    public void Every_address_is_a_service_of_the_chart_on_a_port_it_has()
    {
        var addresses = chart.ConfigValues.Where(v => v.StartsWith("http:", StringComparison.Ordinal)).Select(v => new Uri(v)).ToList();
        Assert.NotEmpty(addresses);
        Assert.All(addresses, address =>
        {
            var service = chart.Find(address.Host[..^"-service".Length], "service");
            Assert.NotNull(service);
            Assert.Contains(Chart.List(service, "spec", "ports"), p => Chart.Text(p, "port") == $"{address.Port}");
        });
    }

    [Fact]
    public void No_secret_has_a_value()
    {
        Assert.All(chart.SecretValues, Assert.Empty);
        Assert.NotEmpty(chart.SecretValues);
        Assert.All(chart.Texts.Where(t => t.File.EndsWith("config.yaml", StringComparison.Ordinal)), t =>
            Assert.DoesNotContain("password", t.Text, StringComparison.OrdinalIgnoreCase));
        Assert.All(chart.Texts.Where(t => t.File.EndsWith("secrets.yaml", StringComparison.Ordinal)), t =>
            Assert.All(t.Text.Split('\n').Where(l => l.Contains("Key", StringComparison.Ordinal) || l.Contains("PASSWORD", StringComparison.Ordinal)), l =>
                Assert.Contains("{{ .Values.secrets.", l, StringComparison.Ordinal)));
    }

    [Fact]
    public void Redis_keeps_an_append_only_file_on_a_claim()
    {
        var redis = chart.Workloads.Single(w => w.Resource == ResourceNames.Redis);
        Assert.Contains("--appendonly yes", Chart.List(redis.Container, "args").Last().ToString(), StringComparison.Ordinal);
        Assert.NotNull(chart.Find(ResourceNames.Redis, "redis-data-pvc"));
    }
}
