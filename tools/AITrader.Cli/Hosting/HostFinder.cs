using AITrader.Cli.Failures;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>Finds the state of the host from its record and from the processes that really run.</summary>
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

    /// <summary>The record of the running host.</summary>
    /// <exception cref="Refusal">No host runs.</exception>
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
