using System.Diagnostics;

namespace AITrader.Benchmarks;

/// <summary>
/// Two ways to do the same work, timed in turns. Machines are noisy, so only the ratio of neighbours is compared, and a control that times
/// the
/// first way against itself tells how far the ratio can be trusted. Strictly in turns: each slice of one way comes after one of the other.
/// </summary>
internal static class PairedMeasurement
{
    private const int Pairs = 15;
    private const int WarmUps = 3;

    /// <summary>Seconds of each way, the ratio of <paramref name="subject"/> to <paramref name="floor"/>, and the control, all
    /// medians.</summary>
    public static async Task<PairedResult> MeasureAsync(Func<Task> subject, Func<Task> floor, CancellationToken ct)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await subject();
            await floor();
        }

        List<double> subjects = [],
            floors = [],
            ratios = [],
            controls = [];
        for (var i = 0; i < Pairs; i++)
        {
            ct.ThrowIfCancellationRequested();
            var first = await TimeAsync(subject);
            var other = await TimeAsync(floor);
            var again = await TimeAsync(subject);
            subjects.Add(first);
            subjects.Add(again);
            floors.Add(other);
            ratios.Add((first + again) / 2 / other);
            controls.Add(first / again);

            // What the other way left in caches, files and servers is before the next first as it was before this again.
            floors.Add(await TimeAsync(floor));
        }

        return new PairedResult(Median(subjects), Median(floors), Median(ratios), Median(controls));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}

/// <summary>Medians of a paired measurement; times in seconds.</summary>
internal sealed record PairedResult(double Subject, double Floor, double Ratio, double Control);
