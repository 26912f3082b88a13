namespace AITrader.Hosting.Home;

/// <summary>The lock of the one host that uses a home folder; the operating system releases it however the host ends.</summary>
public sealed class HomeLock : IDisposable
{
    private readonly FileStream _file;

    private HomeLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null where another process has it.</summary>
    public static HomeLock? TryTake(HomeFolder home)
    {
        ArgumentNullException.ThrowIfNull(home);
        try
        {
            return new HomeLock(PrivateFiles.Open(Path.Combine(home.Run, "host.lock"), FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException taken) when (taken is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
