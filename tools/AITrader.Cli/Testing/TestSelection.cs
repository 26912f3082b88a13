namespace AITrader.Cli.Testing;

/// <summary>What a filter selects.</summary>
/// <param name="Projects">The projects to run.</param>
/// <param name="Method">Part of a test's name; null for all of a project.</param>
internal sealed record TestSelection(IReadOnlyList<TestProject> Projects, string? Method);
