namespace AITrader.Registry.Shelves;

/// <summary>Where a model repository is.</summary>
public static class RepositoryPath
{
    /// <summary>The full path of a repository, or of one model file; nothing need exist there.</summary>
    /// <param name="path">As a setting has it. A relative one is looked for upwards too, so that a service run from its project folder
    /// finds the clone's models.</param>
    /// <param name="from">Folder of the program.</param>
    public static string Find(string path, string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.GetFullPath(path, folder.FullName);
            if (Path.Exists(candidate))
            {
                return candidate;
            }
        }

        return Path.GetFullPath(path, from);
    }
}
