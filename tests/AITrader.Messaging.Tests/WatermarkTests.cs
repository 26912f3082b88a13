using AITrader.TestSupport;

namespace AITrader.Messaging.Tests;

public sealed class WatermarkTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_zero_at_first_and_monotone()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        Assert.Equal(0, await bus.Watermarks.GetAsync("r", "store", Ct));
        long[] values = [5, 3, 9, 9, 1, 9007199254740993];
        foreach (var value in values)
        {
            await bus.Watermarks.AdvanceAsync("r", "store", value, Ct);
        }

        Assert.Equal(9007199254740993, await bus.Watermarks.GetAsync("r", "store", Ct));
    }

    [Fact]
    public async Task Wakes_a_waiter_in_another_process_without_waiting_for_its_poll()
    {
        await using var here = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await using var there = TestBus.Open(redis.ConnectionString);

        // Each round trip through two waiters would take 400 ms if only the poll saw it.
        const int Rounds = 100;
        var echo = Task.Run(
            async () =>
            {
                for (var seq = 1; seq <= Rounds; seq++)
                {
                    await there.Watermarks.WaitForAsync("r", "a", seq, Ct);
                    await there.Watermarks.AdvanceAsync("r", "b", seq, Ct);
                }
            },
            Ct
        );
        for (var seq = 1; seq <= Rounds; seq++)
        {
            await here.Watermarks.AdvanceAsync("r", "a", seq, Ct);
            Assert.Equal(seq, await here.Watermarks.WaitForAsync("r", "b", seq, Ct).WaitAsync(Sample.Timeout, Ct));
        }

        await echo;
    }

    [Fact]
    public async Task Finds_a_raise_that_nobody_announced()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        var waiting = bus.Watermarks.WaitForAsync("r", "store", 3, Ct);
        await bus.Redis.StringSetAsync("watermark:r:store", "4");
        Assert.Equal(4, await waiting.WaitAsync(Sample.Timeout, Ct));
    }

    [Fact]
    public async Task Stops_waiting_when_cancelled()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        using var stop = new CancellationTokenSource();
        var waiting = bus.Watermarks.WaitForAsync("r", "store", 3, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Sample.Timeout, Ct));
    }
}
