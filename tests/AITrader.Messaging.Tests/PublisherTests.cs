using System.Diagnostics;
using AITrader.Contracts;
using AITrader.Contracts.Codecs;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;

namespace AITrader.Messaging.Tests;

public sealed class PublisherTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_flat_fields_that_redis_cli_shows()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        var id = await bus.Publisher.PublishAsync(Sample.Tick(7), Ct);

        var entry = Assert.Single(await bus.Redis.StreamRangeAsync("audit:raw_ticks"));
        Assert.Equal(id, entry.Id);
        Assert.Equal("61007.1", entry["price"]);
        Assert.Equal("1970-01-01T00:00:07.000000Z", entry["timestamp"]);
        Assert.Equal("trade", entry["kind"]);
        Assert.Equal("7", entry["seq"]);
    }

    [Fact]
    public async Task Keeps_the_order_of_a_list_over_many_chunks()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, ("Streams:PublishChunk", "64"));
        await bus.Publisher.PublishAsync(Sample.Ticks(1001), Ct);

        var stored = await bus.Redis.StreamRangeAsync("audit:raw_ticks");
        Assert.Equal(Enumerable.Range(1, 1001).Select(static seq => (long)seq), stored.Select(static entry => (long)entry["seq"]));
    }

    [Fact]
    public async Task Spreads_symbols_over_partitions_and_reads_all_of_them()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, ("Streams:Partitions", "4"));
        var ticks = Enumerable.Range(1, 200).Select(static seq => Sample.Tick(seq, $"S{seq % 17}")).ToList();
        await bus.Publisher.PublishAsync(ticks, Ct);

        var lengths = await Task.WhenAll(Enumerable.Range(0, 4).Select(p => bus.Redis.StreamLengthAsync($"audit:raw_ticks:{p}")));
        Assert.All(lengths, static length => Assert.NotEqual(0, length));
        await using var reader = bus.Readers.Open<Tick>("g");
        var read = new List<StreamEntry<Tick>>();
        while (await reader.ReadAsync(1000, TimeSpan.Zero, Ct) is { Count: > 0 } batch)
        {
            read.AddRange(batch);
            await reader.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], Ct);
        }

        Assert.Equal(200, read.Count);
        Assert.All(read.GroupBy(static e => e.Message.Symbol), static symbol =>
            Assert.Equal(symbol.Select(static e => e.Message.Seq).Order(), symbol.Select(static e => e.Message.Seq))
        );
        Assert.All(await bus.Admin.DescribeAsync(Ct), static stream => Assert.Equal(0, Assert.Single(stream.Groups).Pending));
    }

    [Fact]
    public async Task Stamps_the_trace_of_the_publisher_where_the_message_has_none()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        using var span = new Activity("test").Start();
        await bus.Publisher.PublishAsync(Sample.Tick(1), Ct);
        await bus.Publisher.PublishAsync(Sample.Tick(2) with { Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }, Ct);

        var last = await bus.Get<IStreamTail>().LastAsync<Tick>(Ct);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", last!.Value.Message.Trace);
        var first = (await bus.Redis.StreamRangeAsync("audit:raw_ticks", count: 1))[0];
        Assert.Contains(span.TraceId.ToString(), first["trace"].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Waits_while_too_many_ticks_are_not_stored_be_there_a_store_or_not(bool hasStore)
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, ("Streams:MaxUnstored", "100"));
        await using var reader = bus.Readers.Open<Tick>(ConsumerGroups.Audit);
        if (hasStore)
        {
            await reader.ReadAsync(1, TimeSpan.Zero, Ct);
        }

        await bus.Publisher.PublishAsync(Sample.Ticks(150), Ct);

        // It looks beside the publishing, now and then: some more may pass until it has seen the 150.
        Task<string> held;
        do
        {
            await Task.Delay(25, Ct);
            held = bus.Publisher.PublishAsync(Sample.Tick(151), Ct);
        } while (await Task.WhenAny(held, Task.Delay(300, Ct)) == held);

        var batch = await reader.ReadAsync(1000, TimeSpan.Zero, Ct);
        Assert.False(held.IsCompleted);
        await reader.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], Ct);
        await held.WaitAsync(Sample.Timeout, Ct);
    }

    [Fact]
    public async Task Nobody_else_who_is_behind_holds_a_publisher_up()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString, ("Streams:MaxUnstored", "100"));
        foreach (var group in new[] { ConsumerGroups.Audit, ConsumerGroups.Analytics, ConsumerGroups.Execution })
        {
            await using var reader = bus.Readers.Open<Tick>(group);
            await reader.ReadAsync(1, TimeSpan.Zero, Ct);
        }

        await using var store = bus.Readers.Open<Tick>(ConsumerGroups.Audit);
        for (var round = 0; round < 30; round++)
        {
            await bus.Publisher.PublishAsync(Sample.Ticks(50), Ct).WaitAsync(Sample.Timeout, Ct);
            var batch = await store.ReadAsync(1000, TimeSpan.Zero, Ct);
            await store.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], Ct);
            await Task.Delay(30, Ct);
        }

        Assert.Equal(1500, await bus.Redis.StreamLengthAsync("audit:raw_ticks"));
    }

    [Fact]
    public async Task Appends_the_fields_of_an_outbox_row()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        var payload = StreamText.ToJson(Sample.Signal(3));
        await bus.Get<IFieldPublisher>().PublishAsync(StreamNames.Signals, StreamText.FromJson(payload), Ct);

        var last = await bus.Get<IStreamTail>().LastAsync<Signal>(Ct);
        Assert.Equal(Sample.Signal(3).Id, last!.Value.Message.Id);
        Assert.Equal([1, 2, 3], last.Value.Message.Features.Window);
    }

    [Fact]
    public async Task A_type_with_several_streams_goes_to_the_one_it_names()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(new JobMessage { Id = DeterministicId.Create("job", "1"), Type = "backtest" }, Ct);

        await using var reader = bus.Readers.Open<JobMessage>(ConsumerGroups.Workers, stream: StreamNames.Jobs("backtest"));
        Assert.Equal("backtest", Assert.Single(await reader.ReadAsync(10, TimeSpan.Zero, Ct)).Message.Type);
        Assert.Throws<ArgumentException>(() => bus.Readers.Open<JobMessage>(ConsumerGroups.Workers));
    }

    [Fact]
    public async Task A_stream_of_another_kind_is_an_error_and_not_silence()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Redis.StringSetAsync("audit:raw_ticks", "not a stream");
        await Assert.ThrowsAsync<StackExchange.Redis.RedisServerException>(() => bus.Publisher.PublishAsync(Sample.Ticks(3), Ct));
    }
}
