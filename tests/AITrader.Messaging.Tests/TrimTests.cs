using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;

namespace AITrader.Messaging.Tests;

public sealed class TrimTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly StreamTrimPolicy Everything = new() { MaxAge = TimeSpan.FromDays(-1), MaxLength = 0 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Never_passes_what_a_group_was_not_delivered()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(1000), Ct);
        await HandleAsync(bus, "fast", 1000);
        await HandleAsync(bus, "slow", 350);

        Assert.InRange((await bus.Admin.TrimAsync(StreamNames.RawTicks, Everything, Ct)).Removed, 1, 350);
        Assert.Equal(Enumerable.Range(351, 650).Select(static seq => (long)seq), await HandleAsync(bus, "slow", 1000));
    }

    [Fact]
    public async Task Never_passes_what_a_group_has_not_acknowledged()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(1000), Ct);
        await HandleAsync(bus, "g", 300);
        await using (var dying = bus.Readers.Open<Tick>("g"))
        {
            Assert.Equal(700, (await dying.ReadAsync(1000, TimeSpan.Zero, Ct)).Count);
        }

        await bus.Admin.TrimAsync(StreamNames.RawTicks, Everything, Ct);
        Assert.Equal(Enumerable.Range(301, 700).Select(static seq => (long)seq), await HandleAsync(bus, "g", 1000));
    }

    [Fact]
    public async Task Keeps_about_the_length_asked_for()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(5000), Ct);
        await HandleAsync(bus, "g", 5000);
        await bus.Admin.TrimAsync(StreamNames.RawTicks, new StreamTrimPolicy { MaxLength = 1500 }, Ct);

        // Whole blocks go: Redis keeps 100 entries, or 4 KiB, in one.
        Assert.InRange(await bus.Redis.StreamLengthAsync("audit:raw_ticks"), 1500, 1600);
    }

    [Fact]
    public async Task Keeps_what_is_young_enough()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(1000), Ct);
        await HandleAsync(bus, "g", 1000);
        Assert.Equal(
            0,
            (await bus.Admin.TrimAsync(StreamNames.RawTicks, new StreamTrimPolicy { MaxAge = TimeSpan.FromHours(1) }, Ct)).Removed
        );
        Assert.InRange(
            (await bus.Admin.TrimAsync(StreamNames.RawTicks, new StreamTrimPolicy { MaxAge = TimeSpan.FromHours(-1) }, Ct)).Removed,
            900,
            1000
        );
    }

    [Fact]
    public async Task Removes_nothing_while_a_required_group_is_missing()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(1000), Ct);
        await HandleAsync(bus, "g", 1000);
        Assert.Equal(default, await bus.Admin.TrimAsync(StreamNames.RawTicks, Everything with { RequiredGroups = ["g", "late"] }, Ct));
        Assert.Equal(default, await bus.Admin.TrimAsync("audit:none", Everything, Ct));
    }

    [Fact]
    public async Task A_consumer_that_is_dead_does_not_hold_more_than_the_bound()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(5000), Ct);
        await HandleAsync(bus, "store", 4000);
        await HandleAsync(bus, "dead", 500);
        var bounded = new StreamTrimPolicy
        {
            MaxLength = 100,
            Bound = 2000,
            RecordGroup = "store",
        };

        var trimmed = await bus.Admin.TrimAsync(StreamNames.RawTicks, bounded, Ct);

        // What is acknowledged goes first and is nobody's loss; then what the dead one owes, down to the bound.
        var left = await bus.Redis.StreamLengthAsync("audit:raw_ticks");
        Assert.InRange(left, 2000, 2100);
        Assert.Equal(5000 - left, trimmed.Removed);
        Assert.InRange(trimmed.Unacknowledged, 2300, 2600);
        Assert.Equal(default, await bus.Admin.TrimAsync(StreamNames.RawTicks, bounded, Ct));
        Assert.Equal(left, (await HandleAsync(bus, "dead", 5000)).Count);

        // Redis itself counts for ever as lag what was trimmed unread.
        Assert.All(
            (await bus.Admin.FindAsync(StreamNames.RawTicks, Ct))[0].Groups.Where(static group => group.Name == "dead"),
            static group => Assert.Equal((0L, 0L), (group.Pending, group.Lag))
        );
    }

    [Fact]
    public async Task What_is_not_stored_stays_above_every_bound()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(5000), Ct);
        var bounded = new StreamTrimPolicy
        {
            MaxLength = 100,
            Bound = 1000,
            RecordGroup = "store",
        };
        Assert.Equal(default, await bus.Admin.TrimAsync(StreamNames.RawTicks, bounded, Ct));
        await HandleAsync(bus, "store", 1000);
        await using (var dying = bus.Readers.Open<Tick>("store"))
        {
            // Delivered is not stored.
            await dying.ReadAsync(3000, TimeSpan.Zero, Ct);
        }

        await bus.Admin.TrimAsync(StreamNames.RawTicks, bounded, Ct);

        Assert.InRange(await bus.Redis.StreamLengthAsync("audit:raw_ticks"), 4000, 4100);
        Assert.Equal(Enumerable.Range(1001, 4000).Select(static seq => (long)seq), await HandleAsync(bus, "store", 4000));
    }

    [Fact]
    public async Task A_stream_that_is_no_record_is_cut_at_its_bound_whoever_is_missing()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(3000), Ct);
        var trimmed = await bus.Admin.TrimAsync(
            StreamNames.RawTicks,
            new StreamTrimPolicy
            {
                MaxLength = 100,
                Bound = 1000,
                RequiredGroups = ["never-made"],
            },
            Ct
        );
        Assert.Equal(trimmed.Removed, trimmed.Unacknowledged);
        Assert.InRange(await bus.Redis.StreamLengthAsync("audit:raw_ticks"), 1000, 1100);
    }

    [Fact]
    public async Task Goes_on_trimming_and_acknowledging_when_memory_is_full_and_publishing_waits()
    {
        await using var server = await RedisServer.StartAsync();
        await using var bus = TestBus.OpenAsAdministrator(server.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(20_000), Ct);
        await bus.Redis.StreamCreateConsumerGroupAsync("audit:raw_ticks", "store", "0");
        var used = (await bus.Admin.MemoryAsync(Ct)).Used;
        await bus.Redis.ExecuteAsync("CONFIG", "SET", "maxmemory", used - 100_000);
        Assert.Equal(BusMemory.Refuses, (await bus.Admin.MemoryAsync(Ct)).Policy);
        Assert.True((await bus.Admin.MemoryAsync(Ct)).Share > 1);
        await Assert.ThrowsAsync<BusUnavailableException>(() => bus.Publisher.PublishAsync(Sample.Tick(20_001), Ct));

        Assert.Equal(20_000, (await HandleAsync(bus, "store", 20_000)).Count);
        await bus.Admin.TrimAsync(StreamNames.RawTicks, new StreamTrimPolicy { MaxLength = 100 }, Ct);

        await bus.Publisher.PublishAsync(Sample.Tick(20_001), Ct);
    }

    [Fact]
    public async Task Loses_nothing_while_publishers_and_consumers_run()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        const int Count = 20_000;
        var publishing = Task.Run(
            async () =>
            {
                for (var first = 1; first <= Count; first += 500)
                {
                    await bus.Publisher.PublishAsync(Sample.Ticks(500, first), Ct);
                }
            },
            Ct
        );
        using var stop = new CancellationTokenSource();
        var trimming = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await bus.Admin.TrimAsync(StreamNames.RawTicks, Everything with { RequiredGroups = ["a", "b"] }, Ct);
                }
            },
            Ct
        );
        var seen = await Task.WhenAll(HandleAsync(bus, "a", Count), HandleAsync(bus, "b", Count));
        await publishing;
        await stop.CancelAsync();
        await trimming;
        Assert.All(seen, static seqs => Assert.Equal(Enumerable.Range(1, Count).Select(static seq => (long)seq), seqs));
    }

    private static async Task<List<long>> HandleAsync(TestBus bus, string group, int count)
    {
        var seen = new List<long>();
        await using var reader = bus.Readers.Open<Tick>(group);
        var idle = 0;
        while (seen.Count < count && idle < 5)
        {
            var batch = await reader.ReadAsync(Math.Min(700, count - seen.Count), TimeSpan.FromMilliseconds(count > 1000 ? 2000 : 1), Ct);
            await reader.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], Ct);
            seen.AddRange(batch.Select(static entry => entry.Message.Seq));
            idle = batch.Count == 0 ? idle + 1 : 0;
        }

        return seen;
    }
}
