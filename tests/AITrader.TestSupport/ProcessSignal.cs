using System.Runtime.InteropServices;

namespace AITrader.TestSupport;

/// <summary>Signals to other processes.</summary>
internal static class ProcessSignal
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal.</summary>
    /// <exception cref="InvalidOperationException">There is no such process.</exception>
    public static void Send(int process, int signal)
    {
        if (!TrySend(process, signal))
        {
            throw new InvalidOperationException($"Signal {signal} was not sent to {process}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Whether the process was there to be sent it.</summary>
    public static bool TrySend(int process, int signal) => Signal(process, signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int id, int signal);
}
