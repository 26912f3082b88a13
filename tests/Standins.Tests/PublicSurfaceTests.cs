using AITrader.TestSupport;

namespace Standins.Tests;

/// <summary>What each stand-in offers is what was checked against the real package, no more and no less.</summary>
/// <remarks>
/// PublicSurface/{package}.txt holds the checked surface. A member that a stand-in gains is looked up in the real package
/// first (its public API listing or its source), then added there: see standins/README.md.
/// </remarks>
public sealed class PublicSurfaceTests
{
    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "tests", "Standins.Tests", "PublicSurface");

    public static TheoryData<string> Standins { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.txt").Select(static file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Standins))]
    public void Surface_is_the_checked_one(string standin)
    {
        var offered = MetadataSurface.OfferedBy(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, standin + ".dll")));
        var known = File.ReadLines(Path.Combine(Folder, standin + ".txt")).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(offered.Except(known));
        Assert.Empty(known.Except(offered));
    }

    [Fact]
    public void Every_library_standin_has_a_checked_surface()
    {
        string[] elsewhere = ["Shared", "Microsoft.ML.OnnxRuntime.Gpu", "Mono.TextTemplating", "Microsoft.VisualStudio.SolutionPersistence"];
        var libraries = Directory.EnumerateDirectories(Path.Combine(SharedData.RepositoryRoot, "standins"))
            .Select(static folder => Path.GetFileName(folder))
            .Where(name => !name.StartsWith("Aspire.Hosting", StringComparison.Ordinal) && !elsewhere.Contains(name));
        Assert.Equal(libraries.Order(StringComparer.Ordinal), Standins.Select(static row => row.Data));
    }
}
