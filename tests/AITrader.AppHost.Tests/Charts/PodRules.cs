using k8s.Models;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>What a pod says of itself.</summary>
internal static class PodRules
{
    private const int LastPort = 65535;

    private static readonly string[] Schemes = ["HTTP", "HTTPS"];
    private static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];

    public static IEnumerable<string> Check(Workload workload) =>
        RestartPolicy(workload)
            .Concat(
                workload.Pod.Containers.SelectMany(container =>
                    Image(container)
                        .Concat(Ports(container))
                        .Concat(Probes(container))
                        .Concat(Limits(container))
                        .Concat(Mounts(workload.Pod, container))
                )
            )
            .Select(problem => $"{workload.Name}: {problem}");

    private static IEnumerable<string> RestartPolicy(Workload workload)
    {
        var policy = workload.Pod.RestartPolicy ?? "Always";
        var isRight = workload.Manifest is V1Job ? policy is "OnFailure" or "Never" : policy == "Always";
        return isRight ? [] : [$"restart policy {policy} is none of a {workload.Manifest.Kind}."];
    }

    private static IEnumerable<string> Image(V1Container container)
    {
        if (string.IsNullOrWhiteSpace(container.Image) || container.Image.Contains(' ', StringComparison.Ordinal))
        {
            yield return $"'{container.Image}' is no image.";
        }

        if (!PullPolicies.Contains(container.ImagePullPolicy))
        {
            yield return $"'{container.ImagePullPolicy}' is no pull policy.";
        }
    }

    private static IEnumerable<string> Ports(V1Container container) =>
        (container.Ports ?? [])
            .Where(static port =>
                port.ContainerPort is < 1 or > LastPort || !Protocols.Contains(port.Protocol) || port.Name is not { Length: > 0 and <= 15 }
            )
            .Select(static port => $"port {port.Name} {port.ContainerPort} {port.Protocol} is none.");

    private static IEnumerable<string> Probes(V1Container container)
    {
        foreach (
            var get in new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }
                .Select(static probe => probe?.HttpGet)
                .OfType<V1HTTPGetAction>()
        )
        {
            if (!Schemes.Contains(get.Scheme))
            {
                yield return $"probe of {get.Path} has the scheme '{get.Scheme}'.";
            }

            if (get.Path?.StartsWith('/') != true)
            {
                yield return $"probe of '{get.Path}' has no path.";
            }

            if (!(container.Ports ?? []).Any(port => port.Name == get.Port?.Value || port.ContainerPort.ToString() == get.Port?.Value))
            {
                yield return $"probe of {get.Path} asks port {get.Port?.Value}, which the container has not.";
            }
        }
    }

    private static IEnumerable<string> Limits(V1Container container)
    {
        var limits = container.Resources?.Limits ?? new Dictionary<string, ResourceQuantity>();
        return (container.Resources?.Requests ?? new Dictionary<string, ResourceQuantity>())
            .Where(request => limits.TryGetValue(request.Key, out var limit) && limit.ToDecimal() < request.Value.ToDecimal())
            .Select(request => $"asks for more {request.Key} than its limit.");
    }

    private static IEnumerable<string> Mounts(V1PodSpec pod, V1Container container) =>
        (container.VolumeMounts ?? [])
            .Where(mount => mount.MountPath?.StartsWith('/') != true || !(pod.Volumes ?? []).Any(volume => volume.Name == mount.Name))
            .Select(static mount => $"mounts '{mount.Name}' at '{mount.MountPath}', which is no volume of the pod or no path.");
}
