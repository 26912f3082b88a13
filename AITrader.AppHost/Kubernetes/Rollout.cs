using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>What an upgrade does to the pods of a deployment.</summary>
internal static class Rollout
{
    /// <summary>One more pod first, and none goes before it is ready: for services that may overlap.</summary>
    public static void Overlap(KubernetesResource resource) => Roll(resource, surge: 1, unavailable: 0);

    /// <summary>One pod goes, then its successor comes: where the cluster has no second place for it.</summary>
    public static void InPlace(KubernetesResource resource) => Roll(resource, surge: 0, unavailable: 1);

    /// <summary>All old pods have ended before a new one starts.</summary>
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
