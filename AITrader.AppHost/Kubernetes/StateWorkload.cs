using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>Redis and PostgreSQL in the cluster; a production cluster may use managed ones instead (connection strings only).</summary>
internal static class StateWorkload
{
    // Both images are based on Debian and run their server under this account.
    private const long ServerUser = 999;

    public static void Configure(KubernetesResource resource)
    {
        Pods.Limit(resource, cpuRequest: "250m", memoryRequest: "512Mi", memoryLimit: "2Gi");
        Pods.RunAs(resource, ServerUser);
        if (resource.Workload is StatefulSet set)
        {
            set.Spec.ServiceName = resource.Service?.Metadata.Name ?? string.Empty;
        }

        resource.AdditionalResources.Add(NetworkPolicy.For(resource));
    }
}
