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
            Metadata = { Name = $"{Pods.ContainerOf(resource).Name}-job", Labels = deployment.Metadata.Labels },
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

    // A finished job is immutable; gone by then, it does not stand in the way of the next upgrade.
    public int TtlSecondsAfterFinished { get; set; } = 300;

    public PodTemplateSpecV1 Template { get; set; } = new();
}
