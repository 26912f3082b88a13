namespace AITrader.Cli.Testing;

/// <summary>A project of tests.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="IsSystem">Whether its tests start the whole system; such a project runs alone, after the others.</param>
internal sealed record TestProject(string Name, bool IsSystem)
{
    /// <summary>The tests of the web page, which vitest runs.</summary>
    public const string Frontend = "frontend";

    /// <summary>Whether its tests take minutes: such a project begins first, so that none of them is waited for at the end.</summary>
    public bool IsLong { get; init; }

    public bool IsFrontend => Name == Frontend;
}
