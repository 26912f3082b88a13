namespace AITrader.TestSupport;

/// <summary>The shared market data and reference values that tests read in place.</summary>
public static class SharedData
{
    private static readonly string Root = FindRoot();

    /// <summary>Folder of the data: AITRADER_TEST_DATA, or ../shared/data beside the repository.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("AITRADER_TEST_DATA") is { Length: > 0 } set
            ? set
            : Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    /// <summary>The repository's root.</summary>
    public static string RepositoryRoot => Root;

    /// <summary>Path of a data file; skips the calling test, with the reason, where it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.Combine(Folder, relativePath);
        Assert.SkipUnless(
            File.Exists(path) || Directory.Exists(path),
            $"test data {relativePath} not found under {Folder}; set AITRADER_TEST_DATA"
        );
        return path;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AITrader.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
