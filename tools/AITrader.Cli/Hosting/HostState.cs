using AITrader.Cli.Processes;
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
