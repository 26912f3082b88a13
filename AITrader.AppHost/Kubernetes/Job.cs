using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>Aspire's object model has no Job.</summary>
internal sealed class Job() : Workload("batch/v1", "Job")
{
    public JobSpec Spec { get; set; } = new();

    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}
