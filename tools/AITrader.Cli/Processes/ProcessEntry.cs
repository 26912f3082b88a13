using AITrader.Hosting.Home;

namespace AITrader.Cli.Processes;

/// <summary>A process as the system lists it.</summary>
/// <param name="Identity">The process.</param>
/// <param name="Parent">Its parent's id.</param>
/// <param name="State">proc(5): R, S, D, T (stopped by a signal) and others.</param>
/// <param name="CpuTicks">Processor time so far, of user and system, in clock ticks.</param>
/// <param name="Name">The short name of the program.</param>
internal sealed record ProcessEntry(ProcessIdentity Identity, int Parent, char State, long CpuTicks, string Name)
{
    public int Pid => Identity.Pid;

    public bool IsSuspended => State is 'T' or 't';
}
