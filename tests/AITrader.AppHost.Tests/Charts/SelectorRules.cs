using k8s.Models;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>Whether labels find the pods they are meant for.</summary>
internal static class SelectorRules
{
    public static IEnumerable<string> Check(Manifests manifests) =>
        manifests
            .Workloads.SelectMany(workload => OwnPods(manifests, workload))
            .Concat(manifests.Of<V1Service>().SelectMany(service => Service(manifests, service)))
            .Concat(manifests.Of<V1NetworkPolicy>().SelectMany(policy => Policy(manifests, policy)));

    private static IEnumerable<string> OwnPods(Manifests manifests, Workload workload)
    {
        if (workload.Manifest is V1Job)
        {
            return [];
        }

        var names = manifests.Selected(workload.Selector?.MatchLabels).Select(static selected => selected.Name).ToList();
        return names.Count == 1 && names[0] == workload.Name ? [] : [$"{workload.Name}: its selector finds {Names(names)}."];
    }

    private static IEnumerable<string> Service(Manifests manifests, V1Service service)
    {
        if (manifests.Selected(service.Spec.Selector) is not [var workload])
        {
            return
            [
                $"{service.Metadata.Name}: its selector finds {Names(manifests.Selected(service.Spec.Selector).Select(static selected => selected.Name))}.",
            ];
        }

        var open = workload.Container.Ports ?? [];
        return service
            .Spec.Ports.Where(port =>
                !open.Any(own =>
                    own.Protocol == port.Protocol
                    && (own.Name == port.TargetPort?.Value || own.ContainerPort.ToString() == port.TargetPort?.Value)
                )
            )
            .Select(port => $"{service.Metadata.Name}: {port.TargetPort?.Value} is no port of {workload.Name}.");
    }

    private static IEnumerable<string> Policy(Manifests manifests, V1NetworkPolicy policy)
    {
        var peers = (policy.Spec.Ingress ?? []).SelectMany(static rule => rule.FromProperty ?? []).Select(static peer => peer.PodSelector);
        return peers
            .Prepend(policy.Spec.PodSelector)
            .Where(selector => manifests.Selected(selector?.MatchLabels).Count == 0)
            .Select(selector => $"{policy.Metadata.Name}: {string.Join(", ", selector?.MatchLabels?.Values ?? [])} finds no pod.");
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("nothing"));
}
