using AITrader.Cli.Failures;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>Tells the truth about the host from its record and the processes that really run.</summary>
internal sealed class HostFinder(Installation installation)
{
    public HostState Find()
    {
        if (HostRecord.Read(installation.Home) is not { } record)
        {
            return new HostState.Absent();
        }

        return record.Process.IsAlive
            ? new HostState.Running(record)
            : new HostState.Crashed(record, RunProcesses.Find(ProcessTable.Read(), record, installation.Home));
    }

    /// <summary>The running host.</summary>
    /// <exception cref="Refusal">None runs.</exception>
    public HostRecord Require() =>
        Find() switch
        {
            HostState.Running running => running.Record,
            HostState.Crashed crashed => throw new Refusal(
                $"AITrader's host (process {crashed.Record.Process.Pid}) has ended unexpectedly; its last words are in {installation.Home.HostLog}. `./aitrader up` starts it again.",
                ExitCodes.NotRunning
            ),
            _ => throw new Refusal("AITrader is not running. `./aitrader up` starts it.", ExitCodes.NotRunning),
        };
}
