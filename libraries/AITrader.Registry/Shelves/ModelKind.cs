namespace AITrader.Registry.Shelves;

/// <summary>What every version of a model takes and gives.</summary>
/// <param name="Description">What it is, one line.</param>
/// <param name="Inputs">Inputs by name, with type, shape and meaning.</param>
/// <param name="Outputs">Outputs likewise.</param>
/// <param name="WarmUp">Shape of each input of the sample that a runner tries a version with.</param>
public sealed record ModelKind(
    string Description,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, long[]> WarmUp
);
