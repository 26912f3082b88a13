using Microsoft.Extensions.Options;

namespace AITrader.Inference.Client;

/// <summary>When the second runner is asked: a fixed delay, or the running 95th percentile of what the first one takes.</summary>
/// <remarks>
/// Safe from any thread. With the percentile the second runner is asked in about one race of twenty, and the tail is cut all the same (Dean
/// and Barroso, "The Tail at Scale", 2013).
/// </remarks>
internal sealed class HedgeDelay(IOptions<ForecastClientOptions> options, Runners runners)
{
    private const int Kept = 256;
    private const double Rank = 0.95;

    // Fewer say too little of a tail.
    private const int Least = 20;

    private readonly Lock _gate = new();
    private readonly double[] _seconds = new double[Kept];
    private readonly double[] _sorted = new double[Kept];
    private long _count;

    /// <summary>The delay of the next race.</summary>
    public TimeSpan Next
    {
        get
        {
            if (runners.InOrder.Count == 1)
            {
                // With delay zero and no second route, Polly would ask for one in a tight loop.
                return Timeout.InfiniteTimeSpan;
            }

            return options.Value.AdaptiveDelay && Percentile() is { } seconds ? Bound(seconds) : options.Value.Delay;
        }
    }

    /// <summary>Takes in how an attempt at the first runner ended. One that was called off would have taken longer still.</summary>
    public void Record(string runner, TimeSpan latency)
    {
        if (!options.Value.AdaptiveDelay || runner != runners.InOrder[0].Name)
        {
            return;
        }

        lock (_gate)
        {
            _seconds[_count++ % Kept] = latency.TotalSeconds;
        }
    }

    private double? Percentile()
    {
        lock (_gate)
        {
            var count = (int)Math.Min(_count, Kept);
            if (count < Least)
            {
                return null;
            }

            var sorted = _sorted.AsSpan(0, count);
            _seconds.AsSpan(0, count).CopyTo(sorted);
            sorted.Sort();
            return sorted[(int)Math.Ceiling(Rank * count) - 1];
        }
    }

    // A first runner that hangs would push the delay beyond any use: half of the deadline is left to the second one.
    private TimeSpan Bound(double seconds)
    {
        var longest = options.Value.Deadline / 2;
        var delay = TimeSpan.FromSeconds(seconds);
        delay = delay < options.Value.MinDelay ? options.Value.MinDelay : delay;
        return delay > longest ? longest : delay;
    }
}
