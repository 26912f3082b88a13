using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>The migrations run once and end; the publisher's Deployment would start them again for ever.</summary>
internal static class MigrationWorkload
{
    public static void Configure(KubernetesResource resource)
    {
        Pods.Limit(resource, cpuRequest: "100m", memoryRequest: "192Mi", memoryLimit: "512Mi");
        Pods.RunAs(resource, Pods.AppUser);
        Pods.PodOf(resource).RestartPolicy = "OnFailure";
        var deployment = resource.Workload!;
        resource.Workload = new Job
        {
            // One for each installation and upgrade: a job cannot be changed, so another image under the same name would be refused.
            Metadata = { Name = $"{Pods.ContainerOf(resource).Name}-job-{{{{ .Release.Revision }}}}", Labels = deployment.Metadata.Labels },
            Spec = { Template = deployment.PodTemplate },
        };
    }
}

/// <summary>Aspire's object model has no Job.</summary>
internal sealed class Job() : Workload("batch/v1", "Job")
{
    public JobSpec Spec { get; set; } = new();

    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}

internal sealed class JobSpec
{
    public int BackoffLimit { get; set; } = 10;

    // Until then its log can be read.
    public int TtlSecondsAfterFinished { get; set; } = 3600;

    public PodTemplateSpecV1 Template { get; set; } = new();
}
