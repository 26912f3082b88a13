using System.Diagnostics;
using AITrader.Signals.Engine;

namespace AITrader.Benchmarks;

/// <summary>Times of calls of one kind: as a whole, and without the model's own run.</summary>
internal sealed class CallTimes(Func<CancellationToken, Task<ServedAnswer>> call)
{
    /// <summary>The whole call.</summary>
    public LatencyHistogram Wall { get; } = new();

    /// <summary>What of it was not the model's run.</summary>
    public LatencyHistogram Beside { get; } = new();

    /// <summary>Medians of the rounds, in nanoseconds.</summary>
    public List<double> Medians { get; } = [];

    public Task<ServedAnswer> OnceAsync(CancellationToken ct) => call(ct);

    /// <summary>A slice of calls, one after the other.</summary>
    public async Task RunAsync(int count, CancellationToken ct)
    {
        var slice = new LatencyHistogram();
        for (var i = 0; i < count; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            var answer = await call(ct);
            var wall = (long)Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
            slice.Record(wall);
            Beside.Record(wall - (answer.ComputeMicros * 1000));
        }

        Wall.Add(slice);
        Medians.Add(slice.PercentileNanos(50));
    }

    /// <summary>Forgets what was measured to warm up.</summary>
    public void Clear()
    {
        Wall.Clear();
        Beside.Clear();
        Medians.Clear();
    }
}
