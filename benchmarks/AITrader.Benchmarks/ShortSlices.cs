using System.Diagnostics;

namespace AITrader.Benchmarks;

/// <summary>
/// <see cref="PairedMeasurement"/> for work of a millisecond or two, in many pairs: short enough that most of them run undisturbed on a machine that does other things too.
/// </summary>
internal static class ShortSlices
{
    private const int Pairs = 151;
    private const int WarmUps = 40;

    /// <summary>Seconds of each way, the ratio of <paramref name="subject"/> to <paramref name="floor"/>, and the control, all medians.</summary>
    public static PairedResult Measure(Action subject, Action floor, CancellationToken ct)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            subject();
            floor();
        }

        List<double> subjects = [], floors = [], ratios = [], controls = [];
        for (var i = 0; i < Pairs; i++)
        {
            ct.ThrowIfCancellationRequested();
            var first = Time(subject);
            var other = Time(floor);
            var again = Time(subject);
            subjects.Add(first);
            floors.Add(other);
            ratios.Add((first + again) / 2 / other);
            controls.Add(first / again);
        }

        return new PairedResult(Median(subjects), Median(floors), Median(ratios), Median(controls));
    }

    /// <summary>The middle one.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static double Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
