using System.Globalization;

namespace AITrader.Cli.Processes;

/// <summary>Files of <c>/proc/PID</c>, empty where the process has gone or is somebody else's.</summary>
internal static class ProcFiles
{
    private const string MemoryLine = "Pss:";

    public static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    public static string LinkOf(int pid, string file)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/{file}").LinkTarget ?? string.Empty;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    /// <summary>Memory in bytes with what several processes share divided among them (proportional set size).</summary>
    public static long Memory(int pid)
    {
        var line = Read(pid, "smaps_rollup")
            .Split('\n')
            .FirstOrDefault(static line => line.StartsWith(MemoryLine, StringComparison.Ordinal));
        return line is null
            ? 0
            : long.Parse(line[MemoryLine.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture)
                * 1024;
    }
}
