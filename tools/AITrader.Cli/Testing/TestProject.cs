namespace AITrader.Cli.Testing;

/// <summary>A project of tests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsSystem">Whether it starts the whole system: such a one runs alone, after the others.</param>
internal sealed record TestProject(string Name, bool IsSystem)
{
    /// <summary>The page's own tests, which vitest runs.</summary>
    public const string Frontend = "frontend";

    public bool IsFrontend => Name == Frontend;
}
