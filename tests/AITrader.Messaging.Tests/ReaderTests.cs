using System.Diagnostics.Metrics;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;

namespace AITrader.Messaging.Tests;

public sealed class ReaderTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_pending_entries_before_new_ones_to_a_restarted_consumer()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(10), Ct);
        await using (var dying = bus.Readers.Open<Tick>("g", "c"))
        {
            var batch = await dying.ReadAsync(6, TimeSpan.Zero, Ct);
            await dying.AcknowledgeAsync([.. batch.Take(2).Select(static entry => entry.Id)], Ct);
        }

        await using var restarted = bus.Readers.Open<Tick>("g", "c");
        Assert.Equal([3, 4, 5, 6], Seqs(await restarted.ReadAsync(100, TimeSpan.Zero, Ct)));
        Assert.Equal([7, 8, 9, 10], Seqs(await restarted.ReadAsync(100, TimeSpan.Zero, Ct)));
        Assert.Empty(await restarted.ReadAsync(100, TimeSpan.Zero, Ct));
    }

    [Fact]
    public async Task Wakes_from_a_blocking_read_as_soon_as_something_comes()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await using var reader = bus.Readers.Open<Tick>("g");
        Assert.Empty(await reader.ReadAsync(10, TimeSpan.FromMilliseconds(50), Ct));
        var reading = reader.ReadAsync(10, TimeSpan.FromSeconds(60), Ct);
        await bus.Publisher.PublishAsync(Sample.Tick(1), Ct);
        Assert.Equal([1], Seqs(await reading.WaitAsync(Sample.Timeout, Ct)));
    }

    [Fact]
    public async Task Rewinds_to_what_is_pending_without_counting_a_delivery()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, ("Streams:MaxDeliveries", "2"));
        await bus.Publisher.PublishAsync(Sample.Ticks(3), Ct);
        await using var reader = bus.Readers.Open<Tick>("g");
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.Equal([1, 2, 3], Seqs(await reader.ReadAsync(100, TimeSpan.Zero, Ct)));
            reader.Rewind();
        }

        Assert.False(await bus.Redis.KeyExistsAsync("dead:audit:raw_ticks"));
    }

    [Fact]
    public async Task Takes_over_from_a_consumer_that_is_gone()
    {
        (string, string)[] quick = [("Streams:MinIdle", "00:00:00.200"), ("Streams:TakeoverInterval", "00:00:00.050")];
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, quick);
        await bus.Publisher.PublishAsync(Sample.Ticks(5), Ct);
        await using (var gone = bus.Readers.Open<Tick>("g", "gone"))
        {
            Assert.Equal(3, (await gone.ReadAsync(3, TimeSpan.Zero, Ct)).Count);
        }

        await using var heir = bus.Readers.Open<Tick>("g", "heir");
        var seen = new List<long>();
        await Sample.UntilAsync(
            async () =>
            {
                var batch = await heir.ReadAsync(100, TimeSpan.FromMilliseconds(50), Ct);
                await heir.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], Ct);
                seen.AddRange(Seqs(batch));
                return seen.Count >= 5;
            },
            Ct
        );
        Assert.Equal([1, 2, 3, 4, 5], seen.Order());
        Assert.Equal(0, (await bus.Redis.StreamPendingAsync("audit:raw_ticks", "g")).PendingMessageCount);
    }

    [Fact]
    public async Task Sends_a_malformed_entry_to_the_dead_letters_at_once_and_names_field_and_entry()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Tick(1), Ct);
        var bad = await bus.Redis.StreamAddAsync("audit:raw_ticks", [new("symbol", "X"), new("price", "1,5")]);
        await bus.Publisher.PublishAsync(Sample.Tick(2), Ct);

        await using var reader = bus.Readers.Open<Tick>("g");
        Assert.Equal([1, 2], Seqs(await reader.ReadAsync(100, TimeSpan.Zero, Ct)));
        var dead = Assert.Single(await bus.Redis.StreamRangeAsync("dead:audit:raw_ticks"));
        Assert.Equal("1,5", dead["price"]);
        Assert.Equal($"entry {bad}: field 'price' is not a decimal number", dead["error"]);
        Assert.Equal("1", dead["deliveries"]);
        Assert.Equal(bad, dead["entry_id"]);
        Assert.Equal(2, (await bus.Redis.StreamPendingAsync("audit:raw_ticks", "g")).PendingMessageCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gives_up_on_an_entry_whose_consumer_dies_each_time_but_not_on_its_neighbours(bool rewindsAtStart)
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, ("Streams:MaxDeliveries", "5"));
        await bus.Publisher.PublishAsync(Sample.Ticks(4), Ct);
        var handled = new List<long>();
        for (var life = 0; life < 12 && handled.Count < 3; life++)
        {
            // Dies of tick 2, whatever comes with it.
            await using var reader = bus.Readers.Open<Tick>("g", "c");
            if (rewindsAtStart)
            {
                reader.Rewind();
            }

            while (
                await reader.ReadAsync(100, TimeSpan.Zero, Ct) is { Count: > 0 } batch && batch.All(static entry => entry.Message.Seq != 2)
            )
            {
                handled.AddRange(Seqs(batch));
                await reader.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], Ct);
            }
        }

        Assert.Equal([1, 3, 4], handled.Order());
        var dead = Assert.Single(await bus.Redis.StreamRangeAsync("dead:audit:raw_ticks"));
        Assert.Equal("2", dead["seq"]);
        Assert.Equal("5", dead["deliveries"]);
        Assert.Contains("without an acknowledgement", dead["error"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_entries_that_were_trimmed_before_they_were_acknowledged()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(3), Ct);
        await using var reader = bus.Readers.Open<Tick>("g");
        var batch = await reader.ReadAsync(100, TimeSpan.Zero, Ct);
        await bus.Redis.StreamDeleteAsync("audit:raw_ticks", [batch[1].Id]);
        var lost = 0L;
        using var listener = Listen("aitrader.stream.lost", count => lost += count);

        reader.Rewind();
        Assert.Equal([1, 3], Seqs(await reader.ReadAsync(100, TimeSpan.Zero, Ct)));
        Assert.Equal(1, lost);
    }

    [Fact]
    public async Task Counts_entries_of_a_dead_consumer_that_were_trimmed()
    {
        (string, string)[] quick = [("Streams:MinIdle", "00:00:00.100"), ("Streams:TakeoverInterval", "00:00:00.050")];
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, quick);
        await bus.Publisher.PublishAsync(Sample.Ticks(3), Ct);
        await using (var gone = bus.Readers.Open<Tick>("g", "gone"))
        {
            var batch = await gone.ReadAsync(3, TimeSpan.Zero, Ct);
            await bus.Redis.StreamDeleteAsync("audit:raw_ticks", [batch[0].Id]);
        }

        var lost = 0L;
        using var listener = Listen("aitrader.stream.lost", count => lost += count);
        await using var heir = bus.Readers.Open<Tick>("g", "heir");
        var seen = new List<long>();
        await Sample.UntilAsync(
            async () =>
            {
                seen.AddRange(Seqs(await heir.ReadAsync(100, TimeSpan.FromMilliseconds(50), Ct)));
                return seen.Count >= 2;
            },
            Ct
        );
        Assert.Equal([2, 3], seen);
        Assert.Equal(1, lost);
    }

    [Fact]
    public async Task Makes_a_missing_group_again_and_loses_nothing()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await using var reader = bus.Readers.Open<Tick>("g");
        await bus.Publisher.PublishAsync(Sample.Ticks(3), Ct);
        Assert.Equal(3, (await reader.ReadAsync(100, TimeSpan.Zero, Ct)).Count);
        await bus.Redis.ExecuteAsync("FLUSHALL");
        await bus.Publisher.PublishAsync(Sample.Ticks(2, first: 4), Ct);

        Assert.Equal([4, 5], Seqs(await reader.ReadAsync(100, TimeSpan.FromSeconds(10), Ct)));
    }

    [Fact]
    public async Task A_group_that_vanishes_under_a_blocking_read_comes_back()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await using var reader = bus.Readers.Open<Tick>("g");
        await reader.ReadAsync(1, TimeSpan.Zero, Ct);
        var reading = reader.ReadAsync(100, TimeSpan.FromSeconds(60), Ct);
        await Sample.UntilAsync(
            async () => (await bus.Redis.ExecuteAsync("CLIENT", "LIST")).ToString().Contains("cmd=xreadgroup", StringComparison.Ordinal),
            Ct
        );
        await bus.Redis.KeyDeleteAsync("audit:raw_ticks");
        await bus.Publisher.PublishAsync(Sample.Ticks(2), Ct);
        Assert.Equal(1, (await reading.WaitAsync(Sample.Timeout, Ct))[0].Message.Seq);
    }

    [Fact]
    public async Task A_cancelled_read_loses_nothing()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await using var reader = bus.Readers.Open<Tick>("g");
        await reader.ReadAsync(1, TimeSpan.Zero, Ct);
        using var stop = new CancellationTokenSource();
        var reading = reader.ReadAsync(100, TimeSpan.FromSeconds(60), stop.Token);
        await Sample.UntilAsync(
            async () => (await bus.Redis.ExecuteAsync("CLIENT", "LIST")).ToString().Contains("cmd=xreadgroup", StringComparison.Ordinal),
            Ct
        );
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        // The server still blocks for the call that nobody waits for, and delivers to it.
        await bus.Publisher.PublishAsync(Sample.Tick(1), Ct);
        await Sample.UntilAsync(async () => (await bus.Redis.StreamPendingAsync("audit:raw_ticks", "g")).PendingMessageCount == 1, Ct);
        Assert.Equal([1], Seqs(await reader.ReadAsync(100, TimeSpan.FromSeconds(10), Ct)));
    }

    [Fact]
    public async Task Goes_on_after_its_connection_was_killed()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await using var reader = bus.Readers.Open<Tick>("g");
        var seen = new List<long>();
        for (var round = 1; round <= 5; round++)
        {
            await bus.Publisher.PublishAsync(Sample.Tick(round), Ct);
            await ReadAsync(reader, seen, round);
            await bus.Redis.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }

        Assert.Equal([1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public async Task The_default_name_is_the_same_after_a_restart_and_differs_beside()
    {
        string first;
        await using (var bus = TestBus.Open(redis.ConnectionString))
        await using (var beside = TestBus.Open(redis.ConnectionString))
        {
            first = await NameAsync(bus, "one");
            Assert.NotEqual(first, await NameAsync(beside, "two"));
        }

        await using var restarted = TestBus.Open(redis.ConnectionString);
        Assert.Equal(first, await NameAsync(restarted, "three"));

        static async Task<string> NameAsync(TestBus bus, string group)
        {
            await bus.Publisher.PublishAsync(Sample.Tick(1), Ct);
            await using var reader = bus.Readers.Open<Tick>(group);
            await reader.ReadAsync(1, TimeSpan.Zero, Ct);
            return Assert.Single(await bus.Redis.StreamConsumerInfoAsync("audit:raw_ticks", group)).Name;
        }
    }

    private static async Task ReadAsync(IStreamReader<Tick> reader, List<long> seen, int until)
    {
        while (seen.Count < until)
        {
            try
            {
                var batch = await reader.ReadAsync(100, TimeSpan.FromMilliseconds(200), Ct);
                await reader.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], Ct);
                seen.AddRange(Seqs(batch));
            }
            catch (BusUnavailableException)
            {
                reader.Rewind();
            }
        }
    }

    private static IEnumerable<long> Seqs(IEnumerable<StreamEntry<Tick>> entries) => entries.Select(static entry => entry.Message.Seq);

    private static MeterListener Listen(string instrument, Action<long> count)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (found, self) =>
            {
                if (found.Name == instrument)
                {
                    self.EnableMeasurementEvents(found);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => count(value));
        listener.Start();
        return listener;
    }
}
