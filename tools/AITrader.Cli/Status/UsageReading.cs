using AITrader.Cli.Processes;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Status;

/// <summary>The measurement of a run over about a second.</summary>
internal sealed class UsageReading(
    ProcessTable before,
    ProcessTable after,
    IReadOnlyCollection<ProcessEntry> all,
    IReadOnlyDictionary<ProcessIdentity, long> memory,
    TimeSpan passed
)
{
    /// <summary>The usage of all processes together.</summary>
    public Usage Total => Of(all);

    /// <summary>The process of a resource with its descendants; empty where it has none.</summary>
    public IReadOnlyCollection<ProcessEntry> TreeOf(int? pid) => pid is { } id && after.Find(id) is { } root ? after.TreeOf([root]) : [];

    public Usage Of(IReadOnlyCollection<ProcessEntry> processes) =>
        new(
            processes.Count,
            processes.Sum(entry => memory.GetValueOrDefault(entry.Identity)),
            processes.Sum(TicksSince) / (double)ProcessTable.TicksPerSecond / passed.TotalSeconds
        );

    private long TicksSince(ProcessEntry entry) =>
        entry.CpuTicks - (before.Find(entry.Pid) is { } earlier && earlier.Identity == entry.Identity ? earlier.CpuTicks : 0);
}
