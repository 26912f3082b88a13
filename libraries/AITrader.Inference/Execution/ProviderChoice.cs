using System.Globalization;

namespace AITrader.Inference.Execution;

/// <summary>On which provider a version runs, and what of it does not.</summary>
/// <param name="Name">The provider; of an ensemble those of its members.</param>
/// <param name="StepDowns">Faster ones that did not hold.</param>
/// <param name="CpuNodes">Nodes that the processor computes although the provider is another one: each is a way to the GPU's memory and
/// back.</param>
internal sealed record ProviderChoice(string Name, IReadOnlyList<StepDown> StepDowns, IReadOnlyList<PlacedNode> CpuNodes)
{
    // The rest is counted: models of transformers have hundreds.
    private const int Named = 20;

    /// <summary>The nodes on the processor in one line; null where there are none.</summary>
    public string? CpuNodesText =>
        CpuNodes.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{CpuNodes.Count} of its nodes: {string.Join(", ", CpuNodes.Take(Named).Select(static node => node.Text))}{(CpuNodes.Count > Named ? ", …" : string.Empty)}"
            );

    /// <summary>Lines of readiness: <c>"persistence/1": "CUDA"</c>, <c>"persistence/1 TensorRT": why not</c>,
    /// <c>"persistence/1 on CPU": which nodes</c>.</summary>
    public IEnumerable<KeyValuePair<string, object>> Describe(string version)
    {
        yield return new(version, Name);
        foreach (var step in StepDowns)
        {
            yield return new($"{version} {step.Provider.NameOf()}", step.Reason);
        }

        if (CpuNodesText is { } nodes)
        {
            yield return new($"{version} on CPU", nodes);
        }
    }
}
