using System.Diagnostics;

namespace AITrader.Benchmarks;

/// <summary>What the machine takes away from threads that do nothing but look at the clock: no percentile of a busy thread can be better
/// than that.</summary>
internal static class Interruptions
{
    private const int Threads = 2;
    private const double LeastMicros = 20;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    public static void Run(Findings findings)
    {
        var pauses = new List<double>[Threads];
        Thread[] watchers = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() => pauses[i] = Watch()))];
        Array.ForEach(watchers, static watcher => watcher.Start());
        Array.ForEach(watchers, static watcher => watcher.Join());
        List<double> all = [.. pauses.SelectMany(static list => list)];
        findings.Row(
            $"floor: time that {Threads} bare spinning threads lose in pauses above {LeastMicros} µs",
            100 * all.Sum() / (Threads * Length.TotalMicroseconds),
            "%"
        );
        findings.Row($"floor: longest pause of {Threads} bare spinning threads", all.DefaultIfEmpty(0).Max(), "µs");
    }

    private static List<double> Watch()
    {
        var pauses = new List<double>(1 << 14);
        var perMicro = Stopwatch.Frequency / 1e6;
        var last = Stopwatch.GetTimestamp();
        for (var end = last + (long)(Length.TotalSeconds * Stopwatch.Frequency); last < end; )
        {
            var now = Stopwatch.GetTimestamp();
            if ((now - last) / perMicro > LeastMicros)
            {
                pauses.Add((now - last) / perMicro);
            }

            last = now;
        }

        return pauses;
    }
}
