using System.Text;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;

namespace AITrader.Messaging.Tests;

public sealed class TransactionTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publishes_acknowledges_keeps_state_and_advances_together()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Ticks(2), Ct);
        await using var reader = bus.Readers.Open<Tick>(ConsumerGroups.Pattern);
        var batch = await reader.ReadAsync(10, TimeSpan.Zero, Ct);

        await bus
            .Transactions.Begin()
            .Publish(Sample.Signal(1))
            .PublishTo(StreamNames.SymbolSignals("BTCUSDT"), Sample.Signal(1))
            .Acknowledge(StreamNames.RawTicks, ConsumerGroups.Pattern, [.. batch.Select(static entry => entry.Id)])
            .SetState("state:pattern", "abc"u8.ToArray())
            .SetWatermark("run-1", ReplayStages.Pattern, 2)
            .CommitAsync(Ct);

        Assert.Equal(1, await bus.Redis.StreamLengthAsync("signals:global"));
        var brief = Assert.Single(await bus.Redis.StreamRangeAsync("signals:BTCUSDT"));
        Assert.Equal(["id", "score", "pattern", "meta"], brief.Values.Select(static field => field.Name.ToString()));
        Assert.Contains("\"direction\":\"Bullish\"", brief["meta"].ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, (await bus.Redis.StreamPendingAsync("audit:raw_ticks", ConsumerGroups.Pattern)).PendingMessageCount);
        Assert.Equal("abc", Encoding.UTF8.GetString((await bus.Get<IStreamState>().GetAsync("state:pattern", Ct))!.Value.Span));
        Assert.Equal(2, await bus.Watermarks.GetAsync("run-1", ReplayStages.Pattern, Ct));
        Assert.Null(await bus.Get<IStreamState>().GetAsync("state:none", Ct));
    }

    [Fact]
    public async Task Is_one_multi_so_that_nobody_sees_half_of_it()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        using var stop = new CancellationTokenSource();
        var torn = 0;
        var watching = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    // Lua sees the data between two commands, never within a MULTI.
                    var seen = (long[])
                        (
                            await bus.Redis.ScriptEvaluateAsync(
                                "return {redis.call('XLEN','signals:global'), tonumber(redis.call('GET','watermark:run-1:pattern') or '0')}"
                            )
                        )!;
                    torn += seen[0] == seen[1] ? 0 : 1;
                }
            },
            Ct
        );
        for (var seq = 1; seq <= 500; seq++)
        {
            await bus.Transactions.Begin().Publish(Sample.Signal(seq)).SetWatermark("run-1", ReplayStages.Pattern, seq).CommitAsync(Ct);
        }

        await stop.CancelAsync();
        await watching;
        Assert.Equal(0, torn);
        Assert.Equal(500, await bus.Watermarks.GetAsync("run-1", ReplayStages.Pattern, Ct));
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_commit()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        bus.Transactions.Begin().Publish(Sample.Signal(1));
        await bus.Transactions.Begin().CommitAsync(Ct);
        Assert.False(await bus.Redis.KeyExistsAsync("signals:global"));
    }

    [Fact]
    public async Task A_watermark_in_a_transaction_never_goes_back()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        await bus.Transactions.Begin().SetWatermark("r", "store", 10).CommitAsync(Ct);
        await bus.Transactions.Begin().SetWatermark("r", "store", 7).CommitAsync(Ct);
        Assert.Equal(10, await bus.Watermarks.GetAsync("r", "store", Ct));
    }

    [Fact]
    public async Task A_writer_that_was_replaced_keeps_no_state_any_more()
    {
        await using var bus = await TestBus.OpenEmptyAsync(redis.ConnectionString);
        var state = bus.Get<IStreamState>();
        await state.FenceAsync("k", 1, Ct);
        await bus.Transactions.Begin().SetState("k", "first"u8.ToArray(), fence: 1).CommitAsync(Ct);

        await state.FenceAsync("k", 2, Ct);
        await bus.Transactions.Begin().SetState("k", "late"u8.ToArray(), fence: 1).CommitAsync(Ct);
        await state.FenceAsync("k", 1, Ct);
        await bus.Transactions.Begin().SetState("k", "late again"u8.ToArray(), fence: 1).CommitAsync(Ct);
        Assert.Equal("first", Encoding.UTF8.GetString((await state.GetAsync("k", Ct))!.Value.Span));

        await bus.Transactions.Begin().SetState("k", "second"u8.ToArray(), fence: 2).CommitAsync(Ct);
        Assert.Equal("second", Encoding.UTF8.GetString((await state.GetAsync("k", Ct))!.Value.Span));
    }
}
