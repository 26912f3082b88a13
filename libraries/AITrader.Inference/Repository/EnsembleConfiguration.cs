using AITrader.Inference.Failures;

namespace AITrader.Inference.Repository;

/// <summary>A model that is the weighted mean of others. It has no versions of its own.</summary>
internal sealed record EnsembleConfiguration
{
    /// <summary>The models whose outputs are averaged, two at least.</summary>
    public IReadOnlyList<EnsembleMember> Members { get; set; } = [];

    /// <exception cref="ModelLoadException">It is not valid.</exception>
    public void Check()
    {
        if (Members.Count < 2 || Members.Any(static member => string.IsNullOrEmpty(member.Model)))
        {
            throw new ModelLoadException("model.json is not valid: an ensemble needs two members at least, each with its model");
        }

        if (Members.Any(static member => member.Weight is not (> 0 and < double.PositiveInfinity)))
        {
            throw new ModelLoadException("model.json is not valid: the weight of an ensemble's member must be above zero");
        }
    }
}

/// <summary>A member of an ensemble.</summary>
internal sealed record EnsembleMember
{
    /// <summary>The model's name.</summary>
    public string Model { get; set; } = string.Empty;

    /// <summary>Number or label; its own stable version, or its split of traffic, unless set.</summary>
    public string? Version { get; set; }

    /// <summary>Weight in the mean; 1 unless set. Weights need not add up to anything.</summary>
    public double Weight { get; set; } = 1;
}
