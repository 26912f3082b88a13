using AITrader.Cli.Hosting;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Status;

/// <summary>Measures the memory and processor time of a run.</summary>
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
