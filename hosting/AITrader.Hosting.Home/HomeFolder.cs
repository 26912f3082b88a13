namespace AITrader.Hosting.Home;

/// <summary>The folder of a local system's data and logs: <c>AITRADER_HOME</c>, else <c>.aitrader</c> in the repository.</summary>
/// <remarks>A marker file says that a folder is ours: without it nothing is written into a folder that holds other things, and nothing is
/// deleted.</remarks>
public sealed class HomeFolder
{
    /// <summary>The setting and environment variable that names another folder.</summary>
    public const string Setting = "AITRADER_HOME";

    /// <summary>The name of the default folder in the repository.</summary>
    public const string DefaultName = ".aitrader";

    /// <summary>The file that marks the folder.</summary>
    public const string MarkerName = ".aitrader-home";

    private const string MarkerText =
        "AITrader keeps its local data in this folder. `./aitrader up --fresh` deletes what is in data/, logs/ and run/.\n";

    // All folders of a running system.
    private static readonly string[] OwnNames = ["data", "logs", "run"];

    // Market data that the user has collected, which a fresh start leaves alone.
    private const string HistoryName = "history";

    private HomeFolder(string root) => Root = root;

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>The folder of files that exist only while a system runs: the record of the host, and its keys.</summary>
    public string Run => Path.Combine(Root, "run");

    /// <summary>Logs of the host and of each resource.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>The log of the host itself.</summary>
    public string HostLog => Path.Combine(Logs, "apphost.log");

    /// <summary>The folder of market data that was downloaded or imported; <see cref="Clear"/> leaves it alone.</summary>
    public string History => Path.Combine(Root, HistoryName);

    /// <summary>The home folder that a setting names; the default one of the repository where the setting is empty.</summary>
    /// <param name="setting">What <see cref="Setting" /> says; a relative path counts from <paramref name="repository" />.</param>
    /// <param name="repository">The repository's root.</param>
    public static HomeFolder Of(string? setting, string repository) =>
        new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(setting is { Length: > 0 } ? setting : DefaultName, repository)));

    /// <summary>The data folder of one server.</summary>
    public string DataOf(string resource) => Path.Combine(Root, "data", resource);

    /// <summary>Creates the folder with its marker and subfolders, accessible to its owner only.</summary>
    /// <exception cref="HomeFolderException">The folder holds other files and no marker.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        RequireOwn();
        foreach (var folder in (ReadOnlySpan<string>)[Root, Run, Logs])
        {
            PrivateFiles.CreateFolder(folder);
        }

        await PrivateFiles.WriteAsync(Path.Combine(Root, MarkerName), MarkerText, cancellationToken);
    }

    /// <summary>Deletes the data that AITrader keeps in the folder, and nothing else.</summary>
    /// <exception cref="HomeFolderException">There is no marker.</exception>
    public void Clear()
    {
        if (!Directory.Exists(Root))
        {
            return;
        }

        if (!File.Exists(Path.Combine(Root, MarkerName)))
        {
            throw new HomeFolderException(
                $"{Root} is not deleted: it has no file {MarkerName}, so it may be somebody else's. Delete it yourself, or set {Setting} to another folder."
            );
        }

        foreach (var name in OwnNames)
        {
            PrivateFiles.DeleteFolder(Path.Combine(Root, name));
        }
    }

    private void RequireOwn()
    {
        if (File.Exists(Root) || (Directory.Exists(Root) && !File.Exists(Path.Combine(Root, MarkerName)) && HasForeignEntries()))
        {
            throw new HomeFolderException(
                $"{Root} holds other things than AITrader's. Set {Setting} to an empty folder, or to one that does not exist yet."
            );
        }
    }

    private bool HasForeignEntries() =>
        Directory
            .EnumerateFileSystemEntries(Root)
            .Select(Path.GetFileName)
            .Any(static name => name != HistoryName && !OwnNames.Contains(name));
}
