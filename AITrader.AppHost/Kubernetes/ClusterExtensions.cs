using AITrader.AppHost.Naming;

namespace AITrader.AppHost.Kubernetes;

/// <summary>The cluster that <c>--operation publish --step publish</c> writes a Helm chart for; run mode never sees it.</summary>
internal static class ClusterExtensions
{
    public static void AddCluster(this IDistributedApplicationBuilder builder) =>
        builder
            .AddKubernetesEnvironment("k8s")
            .WithProperties(static cluster =>
            {
                // The default, emptyDir, would lose the database with its pod.
                cluster.DefaultStorageType = "pvc";
                cluster.DefaultStorageSize = "20Gi";
                cluster.DefaultStorageReadWritePolicy = "ReadWriteOnce";
                cluster.DefaultImagePullPolicy = "IfNotPresent";
                cluster.DashboardEnabled = false;
            })
            .WithHelm(static helm =>
                helm.WithChartName("aitrader")
                    .WithChartDescription("AITrader, a self-hosted day-trading backend")
                    .WithChartVersion(ImageExtensions.Version)
                    .WithNamespace("aitrader")
            );
}
