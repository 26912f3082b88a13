using AITrader.Cli.Repository;

namespace AITrader.Cli.Testing;

/// <summary>The repository's tests.</summary>
internal sealed class TestProjects(Installation installation)
{
    private const string Suffix = ".Tests";

    // A project with one of these in its file starts the whole system, and its tests need the machine for themselves.
    private static readonly string[] SystemReferences =
    [
        "\"Aspire.Hosting.Testing\"",
        "AITrader.SystemSupport.csproj\"",
        "AITrader.AppHost.csproj\"",
        "<StartsTheWholeSystem>",
    ];

    /// <summary>All projects: those that take minutes first, those that start the whole system last.</summary>
    public IReadOnlyList<TestProject> All() =>
        [
            .. Directory
                .EnumerateFiles(installation.In("tests"), $"*{Suffix}.csproj", SearchOption.AllDirectories)
                .Select(static file => Read(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))
                .Append(new TestProject(TestProject.Frontend, IsSystem: false))
                .OrderBy(static project => project.IsSystem)
                .ThenByDescending(static project => project.IsLong)
                .ThenBy(static project => project.Name, StringComparer.Ordinal),
        ];

    private static TestProject Read(string name, string file) =>
        new(name, StartsSystem(file)) { IsLong = file.Contains("<TakesMinutes>", StringComparison.Ordinal) };

    private static bool StartsSystem(string projectFile) =>
        Array.Exists(SystemReferences, reference => projectFile.Contains(reference, StringComparison.Ordinal));

    /// <summary>The path of the project file, relative to the root.</summary>
    public static string FileOf(TestProject project) => Path.Combine("tests", project.Name, $"{project.Name}.csproj");

    /// <summary>Projects whose name has the filter; where there is none, tests whose name has it.</summary>
    public TestSelection Select(string? filter)
    {
        var all = All();
        if (filter is null)
        {
            return new TestSelection(all, Method: null);
        }

        var named = all.Where(project => project.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count > 0
            ? new TestSelection(named, Method: null)
            : new TestSelection([.. all.Where(static project => !project.IsFrontend)], filter);
    }
}
