using Aspire.Hosting.Kubernetes;

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
