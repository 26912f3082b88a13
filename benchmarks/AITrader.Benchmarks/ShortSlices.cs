using System.Diagnostics;

namespace AITrader.Benchmarks;

/// <summary>
/// <see cref="PairedMeasurement"/> for work of a millisecond or two, in many pairs: short enough that most of them run undisturbed on a
/// machine that does other things too.
/// </summary>
/// <remarks>
/// A slice finds the caches as the one before it left them. So each timed slice comes after one of its own that is not timed, and the three
/// of a pair come in a random order: the
/// first way, the other, and the first again, which is the control, differ in nothing but what they do.
/// </remarks>
internal static class ShortSlices
{
    private const int Pairs = 151;
    private const int WarmUps = 40;

    // Code is compiled for good in the background, some 100 ms after it turned out to be hot.
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromMilliseconds(500);

    /// <summary>Seconds of each way, the ratio of <paramref name="subject"/> to <paramref name="floor"/>, and the control, all
    /// medians.</summary>
    public static PairedResult Measure(Action subject, Action floor, CancellationToken ct)
    {
        WarmUp(subject, floor);
        Action[] ways = [subject, floor, subject];
        int[] order = [0, 1, 2];
        var times = new double[ways.Length];
        var random = new Random(1);
        List<double> subjects = [],
            floors = [],
            ratios = [],
            controls = [];
        for (var i = 0; i < Pairs; i++)
        {
            ct.ThrowIfCancellationRequested();
            random.Shuffle(order);
            foreach (var way in order)
            {
                times[way] = Time(ways[way]);
            }

            subjects.Add(times[0]);
            subjects.Add(times[2]);
            floors.Add(times[1]);
            ratios.Add((times[0] + times[2]) / 2 / times[1]);
            controls.Add(times[0] / times[2]);
        }

        return new PairedResult(Median(subjects), Median(floors), Median(ratios), Median(controls));
    }

    /// <summary>The middle one.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static void WarmUp(Action subject, Action floor)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmUps || Stopwatch.GetElapsedTime(started) < LeastWarmUp; i++)
        {
            subject();
            floor();
        }
    }

    private static double Time(Action work)
    {
        work();
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
