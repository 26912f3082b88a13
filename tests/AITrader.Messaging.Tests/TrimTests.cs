using AITrader.Contracts;
using AITrader.Contracts.Messages;
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

        Assert.InRange(await bus.Admin.TrimAsync(StreamNames.RawTicks, Everything, Ct), 1, 350);
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
        Assert.Equal(0, await bus.Admin.TrimAsync(StreamNames.RawTicks, new StreamTrimPolicy { MaxAge = TimeSpan.FromHours(1) }, Ct));
        Assert.InRange(await bus.Admin.TrimAsync(StreamNames.RawTicks, new StreamTrimPolicy { MaxAge = TimeSpan.FromHours(-1) }, Ct), 900, 1000);
    }

    [Fact]
    public async Task Removes_nothing_while_a_required_group_is_missing()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(1000), Ct);
        await HandleAsync(bus, "g", 1000);
        Assert.Equal(0, await bus.Admin.TrimAsync(StreamNames.RawTicks, Everything with { RequiredGroups = ["g", "late"] }, Ct));
        Assert.Equal(0, await bus.Admin.TrimAsync("audit:none", Everything, Ct));
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
            Ct);
        using var stop = new CancellationTokenSource();
        var trimming = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await bus.Admin.TrimAsync(StreamNames.RawTicks, Everything with { RequiredGroups = ["a", "b"] }, Ct);
                }
            },
            Ct);
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
