using System.Globalization;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Processes;

/// <summary>All processes of this machine at one moment; empty where there is no <c>/proc</c>.</summary>
internal sealed class ProcessTable
{
    // sysconf(_SC_CLK_TCK), which is 100 wherever .NET runs on Linux.
    public const int TicksPerSecond = 100;

    // Fields of /proc/PID/stat, counted from the state.
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int UserTicksField = 11;
    private const int SystemTicksField = 12;
    private const int StartField = 19;

    private readonly Dictionary<int, ProcessEntry> _entries;
    private readonly ILookup<int, ProcessEntry> _children;

    private ProcessTable(Dictionary<int, ProcessEntry> entries)
    {
        _entries = entries;
        _children = entries.Values.ToLookup(static entry => entry.Parent);
    }

    public IEnumerable<ProcessEntry> Entries => _entries.Values;

    public static ProcessTable Read()
    {
        var entries = new Dictionary<int, ProcessEntry>();
        if (OperatingSystem.IsLinux())
        {
            var boot = ProcessIdentity.Current.Boot;
            foreach (
                var pid in Directory
                    .EnumerateDirectories("/proc")
                    .Select(Path.GetFileName)
                    .Where(static name => char.IsAsciiDigit(name![0]))
            )
            {
                if (Entry(int.Parse(pid!, CultureInfo.InvariantCulture), boot) is { } entry)
                {
                    entries[entry.Pid] = entry;
                }
            }
        }

        return new ProcessTable(entries);
    }

    public ProcessEntry? Find(int pid) => _entries.GetValueOrDefault(pid);

    /// <summary>These processes and all their descendants.</summary>
    public HashSet<ProcessEntry> TreeOf(IEnumerable<ProcessEntry> roots)
    {
        var found = new HashSet<ProcessEntry>();
        var open = new Stack<ProcessEntry>(roots);
        while (open.TryPop(out var next))
        {
            if (found.Add(next))
            {
                foreach (var child in _children[next.Pid])
                {
                    open.Push(child);
                }
            }
        }

        return found;
    }

    private static ProcessEntry? Entry(int pid, string boot) =>
        ProcessIdentity.StatOf(pid) is [not "Z" and not "X", ..] fields
            ? new ProcessEntry(
                new ProcessIdentity(pid, Number(fields[StartField]), boot),
                (int)Number(fields[ParentField]),
                fields[StateField][0],
                Number(fields[UserTicksField]) + Number(fields[SystemTicksField]),
                ProcFiles.Read(pid, "comm").TrimEnd()
            )
            : null;

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
