using AITrader.Signals.Engine;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Engine;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Percents = [0, 0.1, 25, 50, 90, 99, 99.9, 99.99, 100];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Agrees_with_the_sorted_durations_within_a_bucket(int seed)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var durations = new List<long>();
        for (var i = 0; i < 20_000; i++)
        {
            durations.Add((long)Math.Pow(10, random.NextDouble() * 14));
            histogram.Record(durations[^1]);
        }

        durations.Sort();
        Assert.Equal((durations.Count, durations[^1]), (histogram.Count, histogram.MaxNanos));
        foreach (var percent in Percents[1..])
        {
            var exact = durations[(int)Math.Ceiling(percent / 100 * durations.Count) - 1];
            Assert.InRange(histogram.PercentileNanos(percent), exact, exact + (exact / 64) + 1);
        }
    }

    [Fact]
    public void Tells_every_duration_below_128_ns_apart()
    {
        for (var nanos = 0; nanos < 128; nanos++)
        {
            var histogram = new LatencyHistogram();
            histogram.Record(nanos);
            histogram.Record(1_000_000);
            Assert.Equal(nanos, histogram.PercentileNanos(50));
        }
    }

    [Fact]
    public void Takes_any_duration_and_none()
    {
        var histogram = new LatencyHistogram();
        Assert.All(Percents, percent => Assert.Equal(0, histogram.PercentileNanos(percent)));

        histogram.Record(-5);
        histogram.Record(long.MaxValue);
        Assert.Equal((0, long.MaxValue, 2), (histogram.PercentileNanos(50), histogram.PercentileNanos(100), histogram.Count));
        histogram.Clear();
        Assert.Equal((0, 0), (histogram.Count, histogram.MaxNanos));
    }

    [Fact]
    public void Adds_up_as_if_one_had_recorded_all()
    {
        var random = new Random(3);
        LatencyHistogram[] parts = [new(), new(), new()];
        var (whole, sum) = (new LatencyHistogram(), new LatencyHistogram());
        for (var i = 0; i < 9_000; i++)
        {
            var nanos = random.NextInt64(1, 1L << random.Next(1, 40));
            parts[i % 3].Record(nanos);
            whole.Record(nanos);
        }

        Array.ForEach(parts, sum.Add);
        Assert.All(Percents, percent => Assert.Equal(whole.PercentileNanos(percent), sum.PercentileNanos(percent)));
        Assert.Equal((whole.Count, whole.MaxNanos), (sum.Count, sum.MaxNanos));
    }

    [Fact]
    public void Records_without_allocating()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (var i = 0; i < 50_000; i++)
                {
                    histogram.Record(i * 37L);
                }
            })
        );
    }
}
