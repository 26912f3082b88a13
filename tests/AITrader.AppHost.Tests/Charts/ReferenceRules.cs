using System.Text.RegularExpressions;
using k8s.Models;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>Whether what is named is there.</summary>
internal static partial class ReferenceRules
{
    public static IEnumerable<string> Check(Manifests manifests) =>
        manifests
            .Workloads.SelectMany(workload => OfPod(manifests, workload).Select(problem => $"{workload.Name}: {problem}"))
            .Concat(
                manifests
                    .Of<V1StatefulSet>()
                    .Where(set => manifests.Find<V1Service>(set.Spec.ServiceName) is null)
                    .Select(static set => $"{set.Metadata.Name}: there is no service {set.Spec.ServiceName}.")
            )
            .Concat(manifests.Of<V2HorizontalPodAutoscaler>().SelectMany(scaler => Target(manifests, scaler)))
            .Concat(manifests.Of<V1ConfigMap>().SelectMany(map => Addresses(manifests, map.Metadata.Name, map.Data)))
            .Concat(manifests.Of<V1Secret>().SelectMany(secret => Addresses(manifests, secret.Metadata.Name, secret.StringData)));

    private static IEnumerable<string> OfPod(Manifests manifests, Workload workload)
    {
        foreach (var source in workload.Container.EnvFrom ?? [])
        {
            if (manifests.Find<V1ConfigMap>(source.ConfigMapRef?.Name) is null && manifests.Find<V1Secret>(source.SecretRef?.Name) is null)
            {
                yield return $"there is no {source.ConfigMapRef?.Name ?? source.SecretRef?.Name} to take variables from.";
            }
        }

        foreach (var volume in (workload.Pod.Volumes ?? []).Where(static volume => volume.PersistentVolumeClaim is not null))
        {
            if (manifests.Find<V1PersistentVolumeClaim>(volume.PersistentVolumeClaim.ClaimName) is null)
            {
                yield return $"there is no claim {volume.PersistentVolumeClaim.ClaimName}.";
            }
        }
    }

    private static IEnumerable<string> Target(Manifests manifests, V2HorizontalPodAutoscaler scaler)
    {
        var target = manifests.Find<V1Deployment>(scaler.Spec.ScaleTargetRef.Name);
        if (target is null)
        {
            yield return $"{scaler.Metadata.Name}: there is no {scaler.Spec.ScaleTargetRef.Name}.";
        }
        else if (
            scaler.Spec.Metrics.Any(metric =>
                target.Spec.Template.Spec.Containers.Any(c => c.Resources?.Requests?.ContainsKey(metric.Resource.Name) != true)
            )
        )
        {
            yield return $"{scaler.Metadata.Name}: a share of what the pods do not ask for.";
        }
    }

    // http://name-service:port, Host=name-service;Port=port, name-service:port.
    private static IEnumerable<string> Addresses(Manifests manifests, string name, IDictionary<string, string>? data) =>
        from setting in data ?? new Dictionary<string, string>()
        from Match address in Address().Matches(setting.Value)
        let service = manifests.Find<V1Service>(address.Groups["service"].Value)
        where service is null || !service.Spec.Ports.Any(port => port.Port.ToString() == address.Groups["port"].Value)
        select $"{name}: {setting.Key} leads to {address.Value}, which no service has.";

    [GeneratedRegex(@"(?<service>[a-z0-9-]+-service)(:|;Port=)(?<port>\d+)")]
    private static partial Regex Address();
}
