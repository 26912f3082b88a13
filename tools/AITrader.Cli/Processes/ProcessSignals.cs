using System.Runtime.InteropServices;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Processes;

/// <summary>Sends signals to one process, and never to a later one with the same process id.</summary>
internal static partial class ProcessSignals
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(ProcessIdentity process) => Send(process, SigTerm);

    /// <summary>Kills a process.</summary>
    public static void Kill(ProcessIdentity process) => Send(process, SigKill);

    private static void Send(ProcessIdentity process, int signal)
    {
        // One that has ended meanwhile needs no signal.
        if (process.IsAlive)
        {
            _ = SendSignal(process.Pid, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
