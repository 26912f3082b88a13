namespace AITrader.Hosting.Home;

/// <summary>Creates folders and files that only their owner may read; on Windows the user's profile protects them.</summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a folder of mode 0700; an existing one gets that mode.</summary>
    public static void CreateFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Makes a folder of mode 0711, whatever the mask of this process: another account may pass through it to a folder of its own,
    /// and sees nothing else.</summary>
    public static void CreatePassage(string folder)
    {
        CreateFolder(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>Writes a file that only its owner may read; an existing one is replaced in one step, so nobody reads half of it.</summary>
    public static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        var unfinished = $"{file}.new";
        File.Delete(unfinished);
        await using (var writer = new StreamWriter(Open(unfinished, FileMode.CreateNew)))
        {
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    /// <summary>Opens a file for writing; a new one is readable by its owner only.</summary>
    public static FileStream Open(string file, FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(file, options);
    }

    /// <summary>Deletes a folder with all that is in it; a link is deleted, not followed.</summary>
    public static void DeleteFolder(string folder)
    {
        if (new FileInfo(folder).LinkTarget is not null)
        {
            File.Delete(folder);
        }
        else if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
