using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

internal sealed class JobSpec
{
    public int BackoffLimit { get; set; } = 10;

    // How long the log of a finished job can be read.
    public int TtlSecondsAfterFinished { get; set; } = 3600;

    public PodTemplateSpecV1 Template { get; set; } = new();
}
