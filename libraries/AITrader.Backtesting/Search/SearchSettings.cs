namespace AITrader.Backtesting.Search;

/// <summary>How a search goes.</summary>
public sealed record SearchSettings
{
    /// <summary>grid, random or tpe.</summary>
    public string Method { get; init; } = "grid";

    /// <summary>Most trials; of a grid all combinations where null, otherwise 100.</summary>
    public int? Trials { get; init; }

    /// <summary>Seed of what is left to chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is maximised.</summary>
    public SearchObjective Objective { get; init; } = SearchObjective.Sharpe;

    /// <summary>Part of the data, its end, that no trial sees.</summary>
    public double Holdout { get; init; } = 0.25;

    /// <summary>Worker threads.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>File that trials are kept in, so that a search can go on; null for none.</summary>
    public string? Log { get; init; }

    /// <summary>Names of the methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["grid", "random", "tpe"];
}
