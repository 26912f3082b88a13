using System.Diagnostics;
using System.Text.RegularExpressions;
using AITrader.TestSupport;

namespace AITrader.Architecture.Tests;

/// <summary>The packages of every project are locked, on whatever machine it is built.</summary>
public sealed partial class PackageLockTests
{
    private const string LockFile = "packages.lock.json";

    private static readonly string Root = SharedData.RepositoryRoot;

    public static TheoryData<string> Projects { get; } =
    [
        .. new[] { "AITrader.AppHost", "AITrader.ServiceDefaults", "benchmarks", "hosting", "libraries", "services", "tests", "tools" }
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(static file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/')),
    ];

    // A build writes the file where there is none: it being there tells nothing.
    [Fact]
    public async Task Every_project_s_lock_file_is_in_the_repository()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Root, ".git")), "this is no clone");
        var kept = await KeptAsync();
        Assert.All(Projects, project => Assert.Contains($"{project.Data}/{LockFile}", kept));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_lock_file_is_for_one_system(string project) =>
        Assert.DoesNotMatch(NameOfSystem(), File.ReadAllText(Path.Combine(Root, project, LockFile)));

    private static async Task<string[]> KeptAsync()
    {
        var start = new ProcessStartInfo("git", ["ls-files", $"*{LockFile}"]) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return output.Split('\n');
    }

    [GeneratedRegex(@"\b(linux|win|osx)(-musl)?-(x64|arm64)\b")]
    private static partial Regex NameOfSystem();
}
