using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>The TensorRT runner in the cluster: one GPU, on a node that has one.</summary>
internal static class GpuWorkload
{
    public const string GpuResource = "nvidia.com/gpu";

    public static void Configure(KubernetesResource resource)
    {
        Pods.FixProbes(resource);
        Pods.Limit(resource, cpuRequest: "1", memoryRequest: "2Gi", memoryLimit: "16Gi");
        Pods.RunAs(resource, Pods.AppUser);
        Pods.ContainerOf(resource).Resources!.Limits[GpuResource] = "1";
        // A second pod would want a second GPU, and the claim of the engines is one node's.
        Rollout.InPlace(resource);
        var pod = Pods.PodOf(resource);
        pod.RuntimeClassName = "nvidia";
        pod.NodeSelector[$"{GpuResource}.present"] = "true";
        pod.Tolerations.Add(
            new TolerationV1
            {
                Key = GpuResource,
                Operator = "Exists",
                Effect = "NoSchedule",
            }
        );
        resource.AdditionalResources.Add(NetworkPolicy.For(resource));
    }
}
