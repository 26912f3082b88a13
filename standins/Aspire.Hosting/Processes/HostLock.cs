namespace Aspire.Hosting.Processes;

/// <summary>One host for a data folder: two would start two databases on the same files.</summary>
/// <remarks>The kernel releases the lock with the process, whatever ends it.</remarks>
internal sealed class HostLock(ApplicationDirectories directories) : IDisposable
{
    private FileStream? _file;

    public void Take()
    {
        Directory.CreateDirectory(directories.Run);
        var path = Path.Combine(directories.Run, "host.pid");
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DistributedApplicationException(
                $"Another host{Holder()} already runs on the data folder {directories.Root}. Stop it first, or choose another folder with --Local:DataFolder.");
        }

        _file.SetLength(0);
        _file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
        _file.Flush();
    }

    public void Dispose() => _file?.Dispose();

    // The lock is advisory, and another way of opening the file does not ask for it.
    private string Holder()
    {
        using var state = StateFile.TryRead(directories);
        return state?.RootElement.TryGetProperty("pid", out var pid) == true ? $" (process {pid})" : string.Empty;
    }
}
