using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AITrader.Hosting.Home;

/// <summary>Identifies one process, and no later one with the same process id.</summary>
/// <param name="Pid">The process id, which the system assigns again later.</param>
/// <param name="Started">When it started: on Linux in clock ticks since the machine did, elsewhere in ticks of the calendar.</param>
/// <param name="Boot">The id of the machine's boot that <paramref name="Started" /> counts from; empty where it is a calendar time.</param>
public sealed record ProcessIdentity(int Pid, long Started, string Boot)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    // proc(5): the fields after the name, which is in brackets and may hold anything, begin with the third.
    private const int FirstField = 3;
    private const int StartField = 22;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current =>
        Find(Environment.ProcessId) ?? throw new InvalidOperationException("This process is not listed.");

    /// <summary>True while the very same process runs.</summary>
    public bool IsAlive => Find(Pid) == this;

    /// <summary>The process that has this number now; null where none has, or one that has ended and waits for its parent only.</summary>
    public static ProcessIdentity? Find(int pid) => OperatingSystem.IsLinux() ? FindInProc(pid) : FindByStartTime(pid);

    /// <summary>The fields of <c>/proc/PID/stat</c> from the state on; null where there is no such process.</summary>
    public static string[]? StatOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].TrimEnd().Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ProcessIdentity? FindInProc(int pid) =>
        StatOf(pid) is [not "Z" and not "X", ..] fields
            ? new ProcessIdentity(
                pid,
                long.Parse(fields[StartField - FirstField], CultureInfo.InvariantCulture),
                File.ReadAllText(BootFile).Trim()
            )
            : null;

    private static ProcessIdentity? FindByStartTime(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : new ProcessIdentity(pid, process.StartTime.ToUniversalTime().Ticks, string.Empty);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
