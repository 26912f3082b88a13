using AITrader.Cli.Processes;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>Finds every process that belongs to a run, whoever its parent is by now.</summary>
internal static class RunProcesses
{
    // Both overwrite their environment, which holds the run's name, so they are recognized by their working folder.
    private static readonly string[] Servers = ["redis-server", "postgres"];

    /// <summary>The host, all that it started, and all that those started.</summary>
    public static HashSet<ProcessEntry> Find(ProcessTable table, HostRecord record, HomeFolder home)
    {
        var mark = $"{HostRecord.RunVariable}={record.Run}";
        var folders = DataFolders(home);
        var roots = table.Entries.Where(entry =>
            entry.Pid != Environment.ProcessId && (entry.Identity == record.Process || HasMark(entry, mark) || WorksIn(entry, folders))
        );
        return table.TreeOf(roots);
    }

    private static bool HasMark(ProcessEntry entry, string mark) => ProcFiles.Read(entry.Pid, "environ").Split('\0').Contains(mark);

    private static bool WorksIn(ProcessEntry entry, List<string> folders) =>
        Servers.Contains(entry.Name) && folders.Contains(ProcFiles.LinkOf(entry.Pid, "cwd"));

    // Where root runs PostgreSQL, its data folder is a link to a place that the service account can reach.
    private static List<string> DataFolders(HomeFolder home)
    {
        var data = home.DataOf(string.Empty);
        return Directory.Exists(data)
            ?
            [
                .. Directory
                    .EnumerateDirectories(data)
                    .Select(static folder => new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder),
            ]
            : [];
    }
}
