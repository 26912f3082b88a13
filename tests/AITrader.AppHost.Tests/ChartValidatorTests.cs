using AITrader.AppHost.Tests.Charts;

namespace AITrader.AppHost.Tests;

/// <summary>The published chart is sound; the same with one thing broken is refused, with the thing named.</summary>
public sealed class ChartValidatorTests(PublishedChart published) : IClassFixture<PublishedChart>
{
    [Fact]
    public void The_chart_is_sound()
    {
        Assert.Empty(ChartValidator.Validate(published.Manifests));
        Assert.Equal(published.Rendered.Count, published.Manifests.All.Count);
    }

    [Theory]
    [InlineData(
        "worker/deployment.yaml",
        "enableServiceLinks:",
        "enableServiceLink:",
        "worker/deployment.yaml: The JSON property 'enableServiceLink'"
    )]
    [InlineData(
        "worker/deployment.yaml",
        "replicas: 1",
        "replicas: \"1\"",
        "worker/deployment.yaml: The JSON value could not be converted"
    )]
    [InlineData(
        "worker/deployment.yaml",
        "image: \"aitrader/worker:0.1.0\"",
        "image: true",
        "worker/deployment.yaml: The JSON value could not be converted"
    )]
    [InlineData("worker/deployment.yaml", "memory: \"192Mi\"", "memory: \"192Mb\"", "quantity")]
    [InlineData("worker/deployment.yaml", "memory: \"192Mi\"", "memory: \"192Gi\"", "asks for more memory than its limit")]
    [InlineData("worker/deployment.yaml", "kind: \"Deployment\"", "kind: \"Deploiment\"", "'apps/v1 Deploiment' is no kind")]
    [InlineData("worker/deployment.yaml", "scheme: \"HTTP\"", "scheme: \"http\"", "probe of /health has the scheme 'http'")]
    [InlineData("worker/deployment.yaml", "port: 8080", "port: 8081", "asks port 8081")]
    [InlineData("worker/deployment.yaml", "name: \"worker-config\"", "name: \"workers-config\"", "there is no workers-config")]
    [InlineData("worker/deployment.yaml", "name: \"worker-secrets\"", "name: \"workers-secrets\"", "there is no workers-secrets")]
    [InlineData("worker/deployment.yaml", "type: \"Recreate\"", "type: \"Replace\"", "'Replace' is no strategy")]
    [InlineData(
        "worker/deployment.yaml",
        "type: \"Recreate\"",
        "type: \"Recreate\"\n    rollingUpdate:\n      maxSurge: 1",
        "a rolling update beside Recreate"
    )]
    [InlineData(
        "worker/deployment.yaml",
        "imagePullPolicy: \"IfNotPresent\"",
        "imagePullPolicy: \"Sometimes\"",
        "'Sometimes' is no pull policy"
    )]
    [InlineData("worker/deployment.yaml", "name: \"worker-deployment\"", "name: \"Worker-deployment\"", "no name of a Deployment")]
    [InlineData("worker/deployment.yaml", "name: \"worker-deployment\"", "name: \"backend-deployment\"", "there are 2 of kind Deployment")]
    [InlineData("backend/deployment.yaml", "maxSurge: 1", "maxSurge: 0", "could never be upgraded")]
    [InlineData("backend/hpa.yaml", "name: \"backend-deployment\"", "name: \"gateway-deployment\"", "there is no gateway-deployment")]
    [InlineData("backend/hpa.yaml", "name: \"cpu\"", "name: \"memories\"", "do not ask for")]
    [InlineData("tensorrt-runner/deployment.yaml", "maxSurge: 0", "maxSurge: 1", "would wait for tensorrt-runner-tensorrt-engines-pvc")]
    [InlineData(
        "tensorrt-runner/deployment.yaml",
        "claimName: \"tensorrt-runner-tensorrt-engines-pvc\"",
        "claimName: \"engines\"",
        "there is no claim engines"
    )]
    [InlineData(
        "tensorrt-runner/deployment.yaml",
        "        - name: \"tensorrt-engines\"\n          persistent",
        "        - name: \"engines\"\n          persistent",
        "mounts 'tensorrt-engines'"
    )]
    [InlineData(
        "redis/statefulset.yaml",
        "serviceName: \"redis-service\"",
        "serviceName: \"cache-service\"",
        "there is no service cache-service"
    )]
    [InlineData("redis/service.yaml", "targetPort: 6379", "targetPort: 6380", "6380 is no port of redis-statefulset")]
    [InlineData("redis/service.yaml", "port: 6379", "port: 6380", "redis-service:6379, which no service has")]
    [InlineData("postgres/service.yaml", "port: 5432", "port: 5433", "postgres-service;Port=5432, which no service has")]
    [InlineData(
        "strategy-engine/config.yaml",
        "http://onnx-runner-service:8080",
        "http://onnx-service:8080",
        "onnx-service:8080, which no service has"
    )]
    [InlineData(
        "strategy-engine/config.yaml",
        "http://tensorrt-runner-service:8007",
        "http://tensorrt-runner-service:8080",
        "tensorrt-runner-service:8080, which no service has"
    )]
    [InlineData(
        "migrations/job.yaml",
        "restartPolicy: \"OnFailure\"",
        "restartPolicy: \"Always\"",
        "restart policy Always is none of a Job"
    )]
    public void One_broken_thing_is_refused(string file, string right, string wrong, string problem) =>
        Refused(file, right, wrong, problem, count: 1);

    [Theory]
    [InlineData(
        "worker/deployment.yaml",
        "component: \"worker\"",
        "component: \"backend\"",
        2,
        "worker-deployment: its selector finds backend-deployment"
    )]
    [InlineData("worker/service.yaml", "component: \"worker\"", "component: \"workers\"", 2, "worker-service: its selector finds nothing")]
    [InlineData(
        "worker/network-policy.yaml",
        "component: \"worker\"",
        "component: \"workers\"",
        2,
        "worker-network-policy: aitrader, workers, trading finds no pod"
    )]
    [InlineData(
        "worker/network-policy.yaml",
        "instance: \"trading\"",
        "instance: \"trade\"",
        3,
        "worker-network-policy: trade finds no pod"
    )]
    public void A_selector_that_finds_nothing_is_refused(string file, string right, string wrong, int nth, string problem) =>
        Refused(file, right, wrong, problem, nth);

    // The nth of the same texts in a file.
    private void Refused(string file, string right, string wrong, string problem, int count)
    {
        var broken = published
            .Rendered.Select(template =>
                template.File == file ? template with { Text = Replace(template.Text, right, wrong, count) } : template
            )
            .ToList();
        Assert.NotEqual(published.Rendered, broken);
        Assert.Contains(ChartValidator.Validate(Manifests.Read(broken)), found => found.Contains(problem, StringComparison.Ordinal));
    }

    private static string Replace(string text, string right, string wrong, int nth)
    {
        var at = -1;
        for (var i = 0; i < nth; i++)
        {
            at = text.IndexOf(right, at + 1, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{right} does not stand in it {nth} times.");
        }

        return text[..at] + wrong + text[(at + right.Length)..];
    }
}
