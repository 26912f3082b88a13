using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>Sets what every pod of the chart has: valid probes, limits, and as few rights as it needs.</summary>
internal static class Pods
{
    // The user of Microsoft's .NET images.
    public const long AppUser = 1654;

    public static PodSpecV1 PodOf(KubernetesResource resource) => resource.Workload!.PodTemplate.Spec;

    public static ContainerV1 ContainerOf(KubernetesResource resource) => PodOf(resource).Containers[0];

    /// <summary>Aspire's publisher writes the scheme in lower case, which the API server rejects (microsoft/aspire issue 18271).</summary>
    public static void FixProbes(KubernetesResource resource)
    {
        var container = ContainerOf(resource);
        foreach (var probe in new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe })
        {
            if (probe?.HttpGet is { Scheme: { } scheme } get)
            {
                get.Scheme = scheme.ToUpperInvariant();
            }
        }
    }

    public static void Limit(KubernetesResource resource, string cpuRequest, string memoryRequest, string memoryLimit)
    {
        var resources = ContainerOf(resource).Resources ??= new ResourceRequirementsV1();
        resources.Requests["cpu"] = cpuRequest;
        resources.Requests["memory"] = memoryRequest;
        // No CPU limit: throttling a trading path is worse than sharing.
        resources.Limits["memory"] = memoryLimit;
    }

    public static void RunAs(KubernetesResource resource, long user)
    {
        var pod = PodOf(resource);
        pod.AutomountServiceAccountToken = false;
        // Variables such as REDIS_SERVICE_PORT=tcp://... for every service of the namespace: nothing reads them, and settings come from
        // variables.
        pod.EnableServiceLinks = false;
        pod.SecurityContext = new PodSecurityContextV1
        {
            RunAsNonRoot = true,
            RunAsUser = user,
            RunAsGroup = user,
            FsGroup = user,
            SeccompProfile = new SeccompProfileV1 { Type = "RuntimeDefault" },
        };
        ContainerOf(resource).SecurityContext = new SecurityContextV1
        {
            AllowPrivilegeEscalation = false,
            Capabilities = new CapabilitiesV1 { Drop = { "ALL" } },
        };
    }
}
