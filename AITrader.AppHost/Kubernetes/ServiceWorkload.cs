using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>A service in the cluster, and how one version of it follows another.</summary>
internal static class ServiceWorkload
{
    private const int MinReplicas = 2;
    private const int MaxReplicas = 6;
    private const int TargetCpuPercent = 70;

    public static void Harden(KubernetesResource resource)
    {
        Pods.FixProbes(resource);
        Pods.Limit(resource, cpuRequest: "100m", memoryRequest: "192Mi", memoryLimit: "1Gi");
        Pods.RunAs(resource, Pods.AppUser);
        Rollout.Overlap(resource);
        resource.AdditionalResources.Add(NetworkPolicy.For(resource));
    }

    /// <summary>The old pod ends before the new one starts.</summary>
    public static void Replace(KubernetesResource resource) => Rollout.Recreate(resource);

    /// <summary>Lets the cluster add pods by CPU; only for services whose instances share nothing.</summary>
    public static void AutoScale(KubernetesResource resource)
    {
        var workload = resource.Workload!;
        resource.AdditionalResources.Add(
            new HorizontalPodAutoscalerV2
            {
                Metadata = { Name = $"{Pods.ContainerOf(resource).Name}-hpa" },
                Spec = new HorizontalPodAutoscalerSpecV2
                {
                    MinReplicas = MinReplicas,
                    MaxReplicas = MaxReplicas,
                    ScaleTargetRef = new()
                    {
                        ApiVersion = "apps/v1",
                        Kind = "Deployment",
                        Name = workload.Metadata.Name,
                    },
                    Metrics = { CpuUtilization() },
                },
            }
        );
        if (workload is Deployment deployment)
        {
            // The autoscaler owns the number; a fixed one would undo its work at every upgrade.
            deployment.Spec.Replicas = null;
        }
    }

    private static MetricSpecV2 CpuUtilization() =>
        new()
        {
            Type = "Resource",
            Resource = new()
            {
                Name = "cpu",
                Target = new() { Type = "Utilization", AverageUtilization = TargetCpuPercent },
            },
        };
}
