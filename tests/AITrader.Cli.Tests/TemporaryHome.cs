using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Tests;

/// <summary>A folder that is gone after the test, with a home folder in it.</summary>
internal sealed class TemporaryHome : IDisposable
{
    public TemporaryHome()
    {
        Folder = Directory.CreateTempSubdirectory("aitrader-cli-").FullName;
        Home = HomeFolder.Of("home", Folder);
    }

    public string Folder { get; }

    public HomeFolder Home { get; }

    /// <summary>The repository's own files with this home.</summary>
    public Installation Installation => new(TestSupport.SharedData.RepositoryRoot, Home);

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
