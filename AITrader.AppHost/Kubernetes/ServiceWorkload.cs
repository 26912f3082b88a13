using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>A stateless service in the cluster.</summary>
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
        resource.AdditionalResources.Add(NetworkPolicy.For(resource));
    }

    /// <summary>Lets the cluster add pods by CPU; only for services whose instances share nothing.</summary>
    public static void AutoScale(KubernetesResource resource)
    {
        var workload = resource.Workload!;
        resource.AdditionalResources.Add(new HorizontalPodAutoscalerV2
        {
            Metadata = { Name = $"{Pods.ContainerOf(resource).Name}-hpa" },
            Spec = new HorizontalPodAutoscalerSpecV2
            {
                MinReplicas = MinReplicas,
                MaxReplicas = MaxReplicas,
                ScaleTargetRef = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = workload.Metadata.Name },
                Metrics = { CpuUtilization() },
            },
        });
        if (workload is Deployment deployment)
        {
            // The autoscaler owns the number; a fixed one would undo its work at every upgrade.
            deployment.Spec.Replicas = null;
        }
    }

    private static MetricSpecV2 CpuUtilization() => new()
    {
        Type = "Resource",
        Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = TargetCpuPercent } },
    };
}
