using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>What processes take of the machine.</summary>
/// <param name="Processes">How many they are.</param>
/// <param name="MemoryBytes">Proportional set size of all together.</param>
/// <param name="Cores">Processor time over time passed: 0.25 is a quarter of one core.</param>
internal sealed record Usage(int Processes, long MemoryBytes, double Cores);

/// <summary>Measures a run for a moment.</summary>
internal sealed class UsageMeter(Installation installation, TimeProvider time)
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);

    /// <summary>Watches the processes of a run for a second.</summary>
    public async Task<UsageReading> MeasureAsync(HostRecord record, CancellationToken cancellationToken)
    {
        var before = ProcessTable.Read();
        var begun = time.GetTimestamp();
        await Task.Delay(Span, time, cancellationToken);
        var after = ProcessTable.Read();
        var passed = time.GetElapsedTime(begun);
        var all = RunProcesses.Find(after, record, installation.Home);
        return new UsageReading(
            before,
            after,
            all,
            all.ToDictionary(static entry => entry.Identity, static entry => ProcFiles.Memory(entry.Pid)),
            passed
        );
    }
}

/// <summary>A second of a run.</summary>
internal sealed class UsageReading(
    ProcessTable before,
    ProcessTable after,
    IReadOnlyCollection<ProcessEntry> all,
    IReadOnlyDictionary<ProcessIdentity, long> memory,
    TimeSpan passed
)
{
    /// <summary>Of everything together.</summary>
    public Usage Total => Of(all);

    /// <summary>The process of a resource and all below it; empty where it has none.</summary>
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
