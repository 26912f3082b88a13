using AITrader.Signals.Engine;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Engine;

public sealed class PoolTests
{
    [Fact]
    public void Counts_the_windows_that_are_out()
    {
        var pool = new WindowPool(4, 16);
        var rented = new List<int>();
        while (pool.TryRent(out var window))
        {
            Assert.Equal(16, pool[window].Length);
            rented.Add(window);
        }

        Assert.Equal(4, rented.Distinct().Count());
        Assert.Equal(4, pool.InUse);
        rented.ForEach(pool.Return);
        Assert.Equal(0, pool.InUse);
        Assert.Throws<InvalidOperationException>(() => pool.Return(0));
        Assert.True(pool.TryRent(out _));
    }

    [Fact]
    public void Rents_windows_without_allocating()
    {
        var pool = new WindowPool(8, 64);
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (var i = 0; i < 10_000; i++)
                {
                    pool.TryRent(out var window);
                    pool[window].Fill(i);
                    pool.Return(window);
                }
            })
        );
    }

    [Fact]
    public void Keeps_objects_for_their_next_user_and_counts_those_that_are_out()
    {
        var pool = new CountedPool<List<int>>(static () => []);
        var (first, second) = (pool.Rent(), pool.Rent());
        Assert.Equal((2, 2), (pool.InUse, pool.Created));

        pool.Return(first);
        Assert.Same(first, pool.Rent());
        pool.Return(first);
        pool.Return(second);
        Assert.Equal((0, 2), (pool.InUse, pool.Created));
        Assert.Throws<InvalidOperationException>(() => pool.Return(first));
    }
}
