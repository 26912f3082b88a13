using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;

namespace AITrader.Messaging.Tests;

public sealed class CacheAndMonitorTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cached_values_have_a_time_to_live()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        var cache = bus.Get<ICache>();
        await cache.SetAsync(CacheKeys.Price("BTCUSDT"), "61000.1", CacheKeys.MarketTtl, Ct);
        await cache.SetManyAsync([new(CacheKeys.Volume("BTCUSDT"), "12"), new(CacheKeys.Book("BTCUSDT"), "{}")], CacheKeys.MarketTtl, Ct);

        Assert.Equal("61000.1", await cache.GetAsync(CacheKeys.Price("BTCUSDT"), Ct));
        Assert.Equal("12", await cache.GetAsync("market:BTCUSDT:volume", Ct));
        Assert.InRange(
            (await bus.Redis.KeyTimeToLiveAsync("market:BTCUSDT:book"))!.Value,
            TimeSpan.FromSeconds(50),
            TimeSpan.FromSeconds(60)
        );
        await cache.RemoveAsync("market:BTCUSDT:price", Ct);
        Assert.Null(await cache.GetAsync("market:BTCUSDT:price", Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cache.SetAsync("k", "v", TimeSpan.Zero, Ct));
    }

    [Fact]
    public async Task Keys_can_carry_a_hash_tag()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, ("Streams:HashTag", "ai"));
        await bus.Get<ICache>().SetAsync("k", "v", TimeSpan.FromMinutes(1), Ct);
        await bus.Publisher.PublishAsync(Sample.Tick(1), Ct);
        Assert.True(await bus.Redis.KeyExistsAsync("{ai}:k"));
        Assert.True(await bus.Redis.KeyExistsAsync("{ai}:audit:raw_ticks"));
        Assert.Equal("audit:raw_ticks", Assert.Single(await bus.Admin.DescribeAsync(Ct)).Name);
    }

    [Fact]
    public async Task Every_listener_hears_the_monitor_in_order()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await using var other = TestBus.Open(redis.ConnectionString);
        var listeners = new[] { HearAsync(bus), HearAsync(other) };
        await Sample.UntilAsync(async () => (long)(await bus.Redis.ExecuteAsync("PUBSUB", "NUMSUB", "events:monitor"))[1] == 2, Ct);
        for (var i = 0; i < 50; i++)
        {
            await bus.Get<IMonitorChannel>().PublishAsync($"{i}", Ct);
        }

        foreach (var heard in await Task.WhenAll(listeners).WaitAsync(Sample.Timeout, Ct))
        {
            Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"{i}"), heard);
        }

        static async Task<List<string>> HearAsync(TestBus bus)
        {
            var heard = new List<string>();
            await foreach (var json in bus.Get<IMonitorChannel>().SubscribeAsync(Ct))
            {
                heard.Add(json);
                if (heard.Count == 50)
                {
                    break;
                }
            }

            return heard;
        }
    }

    [Fact]
    public async Task Describes_lag_pending_and_age()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(10), Ct);
        await using var reader = bus.Readers.Open<Tick>("g");
        await reader.ReadAsync(4, TimeSpan.Zero, Ct);

        var stream = Assert.Single(await bus.Admin.DescribeAsync(Ct));
        Assert.Equal(("audit:raw_ticks", 10L), (stream.Name, stream.Length));
        var group = Assert.Single(stream.Groups);
        Assert.Equal(("g", 4L, 6L), (group.Name, group.Pending, group.Lag));
        Assert.InRange(group.OldestPendingAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
