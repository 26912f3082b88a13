using AITrader.TestSupport;

namespace AITrader.Docs.Tests.Running;

/// <summary>A folder that looks like a clone: everything in it leads to the repository, but for what commands write, and for programs that
/// stand for longer ones.</summary>
internal sealed class Workplace : IDisposable
{
    private static readonly string[] LeftOut = [".git", ".aitrader", "aitrader", "artifacts", "shared"];

    public Workplace()
    {
        Folder = Directory.CreateTempSubdirectory("aitrader-docs-").FullName;
        foreach (
            var entry in new DirectoryInfo(SharedData.RepositoryRoot)
                .EnumerateFileSystemInfos()
                .Where(static entry => !LeftOut.Contains(entry.Name))
        )
        {
            File.CreateSymbolicLink(In(entry.Name), entry.FullName);
        }

        var stands = Path.Combine(SharedData.RepositoryRoot, "tests", "AITrader.Docs.Tests", "Programs");
        File.CreateSymbolicLink(In("aitrader"), Path.Combine(stands, "aitrader"));
        Programs = stands;
    }

    public string Folder { get; }

    /// <summary>The programs that stand for others: first on the path.</summary>
    public string Programs { get; }

    public string Home => In(".aitrader");

    public string In(string name) => Path.Combine(Folder, name);

    public void Dispose()
    {
        // Root's PostgreSQL lies elsewhere, where its account can reach it.
        if (new DirectoryInfo(Path.Combine(Home, "data", "postgres")).LinkTarget is { } database)
        {
            Directory.Delete(Path.GetDirectoryName(database)!, recursive: true);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
