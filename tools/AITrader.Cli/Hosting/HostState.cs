using AITrader.Cli.Processes;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>The state of the host of a home folder.</summary>
internal abstract record HostState
{
    private HostState() { }

    /// <summary>No host runs, and none has left processes behind.</summary>
    internal sealed record Absent : HostState;

    /// <summary>The host runs.</summary>
    internal sealed record Running(HostRecord Record) : HostState;

    /// <summary>The host ended without stopping what it had started.</summary>
    /// <param name="Record">The record of the ended host.</param>
    /// <param name="Left">Processes that still run.</param>
    internal sealed record Crashed(HostRecord Record, IReadOnlyCollection<ProcessEntry> Left) : HostState;
}
