using AITrader.Domain.Time;
using AITrader.Venues.Feeds;

namespace AITrader.Venues.Tests.Feeds;

/// <summary>Pauses between attempts to connect.</summary>
public sealed class ReconnectBackoffTests
{
    [Fact]
    public void Pauses_grow_and_differ_and_are_the_same_for_the_same_seed()
    {
        var backoff = new ReconnectBackoff(new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)), 7);
        var pauses = Enumerable.Range(0, 6).Select(_ => backoff.Next().TotalSeconds).ToList();
        foreach (var (pause, whole) in pauses.Zip([1, 2, 4, 8, 8, 8]))
        {
            Assert.InRange(pause, whole / 2.0, whole);
        }

        Assert.NotEqual(pauses[4], pauses[5]);
        var same = new ReconnectBackoff(new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)), 7);
        Assert.Equal(pauses, Enumerable.Range(0, 6).Select(_ => same.Next().TotalSeconds));
        backoff.Ended(TimeSpan.FromSeconds(7.9));
        Assert.InRange(backoff.Next().TotalSeconds, 4, 8);
        backoff.Ended(TimeSpan.FromSeconds(8));
        Assert.InRange(backoff.Next().TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void Pauses_without_a_seed_are_whole()
    {
        var backoff = new ReconnectBackoff(new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)), jitterSeed: null);
        Assert.Equal([1, 2, 4, 5, 5], Enumerable.Range(0, 5).Select(_ => backoff.Next().TotalSeconds));
        backoff.Reset();
        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next());
    }
}
