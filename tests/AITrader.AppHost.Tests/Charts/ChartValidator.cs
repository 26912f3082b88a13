using System.Text.RegularExpressions;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>What an API server would refuse of a chart, and what would not find each other once it is installed. Nothing said means:
/// sound.</summary>
internal static partial class ChartValidator
{
    private const int LongestName = 63;

    public static IReadOnlyList<string> Validate(Manifests manifests) =>
        [
            .. manifests.Unreadable,
            .. Names(manifests),
            .. manifests.Workloads.SelectMany(PodRules.Check),
            .. manifests.Workloads.SelectMany(RolloutRules.Check),
            .. RolloutRules.CheckClaims(manifests),
            .. SelectorRules.Check(manifests),
            .. ReferenceRules.Check(manifests),
        ];

    private static IEnumerable<string> Names(Manifests manifests)
    {
        foreach (
            var twins in manifests
                .All.GroupBy(static manifest => (manifest.Kind, manifest.Metadata.Name))
                .Where(static group => group.Count() > 1)
        )
        {
            yield return $"{twins.Key.Name}: there are {twins.Count()} of kind {twins.Key.Kind}.";
        }

        foreach (var manifest in manifests.All.Where(static manifest => !IsName(manifest.Metadata.Name)))
        {
            yield return $"{manifest.Metadata.Name}: no name of a {manifest.Kind}.";
        }
    }

    private static bool IsName(string? name) => name is { Length: <= LongestName } && Label().IsMatch(name);

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Label();
}
