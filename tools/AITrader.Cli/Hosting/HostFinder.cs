using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>What is true of the home folder's host.</summary>
internal abstract record HostState
{
    private HostState() { }

    /// <summary>None runs, and none has left anything.</summary>
    internal sealed record Absent : HostState;

    /// <summary>It runs.</summary>
    internal sealed record Running(HostRecord Record) : HostState;

    /// <summary>It ended without stopping what it had started.</summary>
    /// <param name="Record">What it had left behind.</param>
    /// <param name="Left">Processes that still run.</param>
    internal sealed record Crashed(HostRecord Record, IReadOnlyCollection<ProcessEntry> Left) : HostState;
}

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
