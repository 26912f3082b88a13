using AITrader.Strategies.Loading;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>A plug-in loaded from a copy of its folder, so that the original may be built again while it runs.</summary>
internal sealed class PluginCopy : IDisposable
{
    private readonly string _folder;

    private PluginCopy(string folder, StrategyPlugin plugin) => (_folder, Plugin) = (folder, plugin);

    /// <summary>Its strategies.</summary>
    public StrategyPlugin Plugin { get; }

    /// <exception cref="StrategyLoadException">It cannot be copied or loaded.</exception>
    public static PluginCopy Of(string path)
    {
        if (!File.Exists(path))
        {
            throw new StrategyLoadException($"there is no file {path}");
        }

        var folder = Directory.CreateTempSubdirectory("aitrader-strategy-").FullName;
        try
        {
            Copy(Path.GetDirectoryName(Path.GetFullPath(path))!, folder);
            return new PluginCopy(folder, StrategyPlugin.Load(Path.Combine(folder, Path.GetFileName(path))));
        }
        catch (Exception problem)
        {
            Delete(folder);
            throw problem is IOException or UnauthorizedAccessException
                ? new StrategyLoadException($"{path} cannot be copied: {problem.Message}", problem)
            : problem is StrategyLoadException told
                ? new StrategyLoadException(told.Message.Replace(folder, Path.GetDirectoryName(path), StringComparison.Ordinal), told)
            : new StrategyLoadException($"{path} cannot be loaded: {problem.Message}", problem);
        }
    }

    public void Dispose()
    {
        Plugin.Dispose();
        Delete(_folder);
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    // What is still mapped stays until the process ends; a copy that cannot be deleted harms nobody.
    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // The system's temporary folder is emptied by whoever looks after it.
        }
    }
}
