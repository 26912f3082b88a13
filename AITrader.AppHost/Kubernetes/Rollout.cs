using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>Sets how an upgrade replaces the pods of a deployment.</summary>
internal static class Rollout
{
    /// <summary>Starts a new pod before an old one stops: for services that may overlap.</summary>
    public static void Overlap(KubernetesResource resource) => Roll(resource, surge: 1, unavailable: 0);

    /// <summary>Stops a pod before its successor starts: where the cluster has no room for a second one.</summary>
    public static void InPlace(KubernetesResource resource) => Roll(resource, surge: 0, unavailable: 1);

    /// <summary>Stops all old pods before a new one starts.</summary>
    public static void Recreate(KubernetesResource resource) =>
        StrategyOf(resource, new DeploymentStrategyV1 { Type = "Recreate", RollingUpdate = null! });

    private static void Roll(KubernetesResource resource, int surge, int unavailable) =>
        StrategyOf(
            resource,
            new DeploymentStrategyV1
            {
                Type = "RollingUpdate",
                RollingUpdate = new RollingUpdateDeploymentV1 { MaxSurge = surge, MaxUnavailable = unavailable },
            }
        );

    private static void StrategyOf(KubernetesResource resource, DeploymentStrategyV1 strategy) =>
        ((Deployment)resource.Workload!).Spec.Strategy = strategy;
}
