using System.Globalization;

namespace AITrader.Benchmarks;

/// <summary>What the kernel says of the time that threads did not run: waiting for a core (/proc/PID/task/TID/schedstat) and cores that the
/// host gave to others (steal in /proc/stat).</summary>
/// <param name="WaitedSeconds">Seconds that threads of the process were ready and had no core.</param>
/// <param name="StolenSeconds">Seconds that cores of the machine were stolen.</param>
internal readonly record struct KernelTimes(double WaitedSeconds, double StolenSeconds)
{
    private const string Threads = "/proc/self/task";
    private const int StealColumn = 8;
    private const double JiffiesPerSecond = 100;

    /// <summary>As of now; zeros where there is no such kernel.</summary>
    public static KernelTimes Now()
    {
        if (!Directory.Exists(Threads))
        {
            return default;
        }

        var waited = Directory.GetDirectories(Threads).Sum(static thread => Number(Path.Combine(thread, "schedstat"), 1)) / 1e9;
        return new KernelTimes(waited, Number("/proc/stat", StealColumn) / JiffiesPerSecond);
    }

    public static KernelTimes operator -(KernelTimes left, KernelTimes right) =>
        new(left.WaitedSeconds - right.WaitedSeconds, left.StolenSeconds - right.StolenSeconds);

    private static double Number(string file, int column) =>
        double.Parse(File.ReadLines(file).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[column], CultureInfo.InvariantCulture);
}
