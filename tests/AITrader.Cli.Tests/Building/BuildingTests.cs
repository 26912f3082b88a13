using AITrader.Cli.Building;
using AITrader.Cli.Repository;
using AITrader.TestSupport;

namespace AITrader.Cli.Tests.Building;

public sealed class BuildingTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void The_host_s_graph_has_services_and_libraries_and_no_test()
    {
        var names = NamesOf(ProjectGraph.From(Path.Combine(SharedData.RepositoryRoot, "AITrader.AppHost", "AITrader.AppHost.csproj")));

        Assert.Contains("AITrader.Backend", names);
        Assert.Contains("AITrader.Formats", names);
        Assert.DoesNotContain(names, static name => name.EndsWith(".Tests", StringComparison.Ordinal) || name == "AITrader.Cli");
    }

    [Fact]
    public void The_solution_has_every_project()
    {
        var listed = NamesOf(ProjectGraph.FromSolution(Path.Combine(SharedData.RepositoryRoot, Installation.Solution)));

        var there = new[]
        {
            "AITrader.AppHost",
            "AITrader.ServiceDefaults",
            "benchmarks",
            "hosting",
            "libraries",
            "services",
            "tests",
            "tools",
        }
            .SelectMany(static folder =>
                Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, folder), "*.csproj", SearchOption.AllDirectories)
            )
            .Select(static file => Path.GetFileNameWithoutExtension(file)!);
        Assert.Equal(there.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_script_builds_anew_when_any_project_of_the_command_line_changes()
    {
        var script = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "aitrader"));
        var folders = ProjectGraph
            .From(Path.Combine(SharedData.RepositoryRoot, "tools", "AITrader.Cli", "AITrader.Cli.csproj"))
            .Select(static project => Path.GetRelativePath(SharedData.RepositoryRoot, Path.GetDirectoryName(project)!));

        Assert.All(folders, folder => Assert.Contains($"\"$ROOT/{folder}\"", script, StringComparison.Ordinal));
        Assert.InRange(script.Split('\n').Length, 1, 121);
    }

    [Fact]
    public void A_stamp_tells_a_changed_an_added_and_a_removed_file()
    {
        var project = _temporary.Write("repository/a/a.csproj", "<Project />");
        var source = _temporary.Write("repository/a/sub/A.cs", "class A;");
        _temporary.Write("repository/AITrader.sln", string.Empty);
        var installation = new Installation(Path.Combine(_temporary.Folder, "repository"), _temporary.Home);
        var stamps = new BuildStamp(installation);
        var first = stamps.Of([project]);
        Assert.Equal(first, stamps.Of([project]));

        File.SetLastWriteTimeUtc(source, File.GetLastWriteTimeUtc(source).AddSeconds(1));
        var changed = stamps.Of([project]);
        _temporary.Write("repository/a/B.cs", "class B;");
        var added = stamps.Of([project]);
        _temporary.Write("repository/a/obj/project.assets.json", "{}");
        Assert.Equal(added, stamps.Of([project]));
        _temporary.Write("repository/Directory.Build.props", "<Project />");

        Assert.Equal(4, new HashSet<string> { first, changed, added, stamps.Of([project]) }.Count);
    }

    [Fact]
    public void A_build_that_broke_off_is_not_taken_for_done()
    {
        var stamps = new BuildStamp(new Installation(_temporary.Folder, _temporary.Home));
        Assert.False(stamps.IsCurrent("x", "1"));
        stamps.Keep("x", "1");
        Assert.True(stamps.IsCurrent("x", "1"));
        Assert.False(stamps.IsCurrent("x", "2"));

        stamps.Forget("x");

        Assert.False(stamps.IsCurrent("x", "1"));
    }

    private static List<string> NamesOf(IEnumerable<string> projects) =>
        [.. projects.Select(static project => Path.GetFileNameWithoutExtension(project)!)];
}
