namespace AITrader.Cli.Testing;

/// <summary>A project of tests.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="IsSystem">Whether its tests start the whole system; such a project runs alone, after the others.</param>
internal sealed record TestProject(string Name, bool IsSystem)
{
    /// <summary>The tests of the web page, which vitest runs.</summary>
    public const string Frontend = "frontend";

    public bool IsFrontend => Name == Frontend;
}
