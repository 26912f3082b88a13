using Aspire.Hosting.Kubernetes;

namespace AITrader.AppHost.Kubernetes;

/// <summary>nginx with the built page.</summary>
internal static class FrontendWorkload
{
    // The user of the unprivileged nginx image.
    private const long NginxUser = 101;

    public static void Configure(KubernetesResource resource)
    {
        Pods.FixProbes(resource);
        Pods.Limit(resource, cpuRequest: "20m", memoryRequest: "32Mi", memoryLimit: "128Mi");
        Pods.RunAs(resource, NginxUser);
        Rollout.Overlap(resource);
        resource.AdditionalResources.Add(NetworkPolicy.For(resource));
    }
}
