using k8s.Models;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>How pods follow each other.</summary>
internal static class RolloutRules
{
    public static IEnumerable<string> Check(Workload workload) =>
        workload.Strategy switch
        {
            null => [],
            { Type: "Recreate", RollingUpdate: null } => [],
            { Type: "Recreate" } => [$"{workload.Name}: a rolling update beside Recreate."],
            { Type: "RollingUpdate", RollingUpdate: { } rolling } => rolling.MaxSurge?.Value == "0" && rolling.MaxUnavailable?.Value == "0"
                ? [$"{workload.Name}: neither surge nor unavailable: it could never be upgraded."]
                : [],
            var other => [$"{workload.Name}: '{other.Type}' is no strategy."],
        };

    /// <summary>A claim that one node mounts at a time blocks a second pod, which may be given to another node.</summary>
    public static IEnumerable<string> CheckClaims(Manifests manifests) =>
        from workload in manifests.Workloads
        where workload.Strategy is { Type: "RollingUpdate", RollingUpdate.MaxSurge.Value: not "0" }
        from volume in workload.Pod.Volumes ?? []
        let claim = manifests.Find<V1PersistentVolumeClaim>(volume.PersistentVolumeClaim?.ClaimName)
        where claim is not null && !claim.Spec.AccessModes.Contains("ReadWriteMany")
        select $"{workload.Name}: a second pod would wait for {claim.Metadata.Name} for ever.";
}
