using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Contracts.Strategies;
using AITrader.Domain.Ids;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Storage.Flags;
using AITrader.Storage.Rows;
using AITrader.Storage.Ticks;
using AITrader.StrategyEngine;
using AITrader.StrategyEngine.Flags;
using AITrader.StrategyEngine.Hosting;
using AITrader.StrategyEngine.Orders;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>A hosted strategy on the live market: the same code, without a barrier.</summary>
public sealed class HostedLiveTests : IAsyncLifetime
{
    private const string Symbol = "NSE:INFY";

    private readonly ScratchFolder _folder = new();
    private Bench _bench = null!;
    private long _last;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await Bench.StartAsync();
        await _bench.StartAsync("execution-engine", static builder => builder.AddExecution());
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Orders_go_out_once_and_a_restart_finds_the_account_as_it_is_booked()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Counting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await _bench.UntilAsync(static db => db.Executions.AnyAsync(Ct), "the order is filled");
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 3m }]), "the strategy knows");

        await _bench.StopAsync(engine);
        engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).State == StrategyStates.Running), "it runs again");
        await _bench.UntilAsync(static async db => await db.Executions.CountAsync(Ct) == 2, "the second order, of tick 40, is filled");

        // Twice in fifty ticks, whoever was restarted in between.
        await using var db = _bench.NewContext();
        Assert.Equal([3m, 3m], await db.Orders.OrderBy(static row => row.Seq).Select(static row => row.Quantity).ToListAsync(Ct));
        Assert.All(await db.Orders.ToListAsync(Ct), static row => Assert.Equal(("mine", string.Empty), (row.Origin, row.Run)));
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 6m }]), "the strategy knows both");
        Assert.True(ReportOf(engine).IsExact);
    }

    [Fact]
    public async Task Old_ticks_lead_to_no_order()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Counting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.FromMinutes(-5), 25);
        await _bench.UntilAsync(static db => db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.denied", Ct), "it is denied");

        await using var db = _bench.NewContext();
        Assert.Contains(
            "STALE_TICK",
            (await db.AuditEvents.SingleAsync(static row => row.EventType == "strategy.denied", Ct)).Changes,
            StringComparison.Ordinal
        );
        Assert.Empty(await db.Orders.ToListAsync(Ct));
        Assert.Equal(StrategyStates.Running, ReportOf(engine).State);
    }

    [Fact]
    public async Task Switched_off_by_a_flag_it_may_still_reduce_what_it_holds()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Turning);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 3m }]), "it holds three");

        await using var db = _bench.NewContext();
        db.FeatureFlags.Add(new FeatureFlagRow { Name = FeatureFlags.HostedOrders.Name, UpdatedAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(Ct);
        await Task.Delay(FlagTable.Life * 1.1, Ct);
        await TickAsync(TimeSpan.Zero, 25);
        await _bench.UntilAsync(static db => db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.denied", Ct), "it is denied");
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 1m }]), "it sold two");

        Assert.Contains(
            "STRATEGY_ORDERS_OFF flag=strategies.hosted-orders",
            (await db.AuditEvents.SingleAsync(static row => row.EventType == "strategy.denied", Ct)).Changes,
            StringComparison.Ordinal
        );
        Assert.Equal(2, await db.Orders.CountAsync(Ct));
        Assert.Equal(StrategyStates.Running, ReportOf(engine).State);
    }

    [Fact]
    public async Task One_in_paper_mode_sends_nothing_to_a_brokers_account_and_one_in_live_mode_does()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Counting);
        var engine = await StartAsync(("Strategies:LiveAccount", "broker"));
        await TickAsync(TimeSpan.Zero, 25);
        await _bench.UntilAsync(static db => db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.denied", Ct), "it is denied");
        await using var db = _bench.NewContext();
        Assert.Contains(
            "PAPER_STRATEGY mode=paper live_account=broker",
            (await db.AuditEvents.SingleAsync(static row => row.EventType == "strategy.denied", Ct)).Changes,
            StringComparison.Ordinal
        );
        Assert.False(await db.Orders.AnyAsync(Ct));
        Assert.Equal("paper", ReportOf(engine).Mode);
        await _bench.StopAsync(engine);

        engine = await StartAsync(("Strategies:LiveAccount", "broker"), ("Strategies:Hosted:0:Mode", "live"));
        await TickAsync(TimeSpan.Zero, 25);
        await _bench.UntilAsync(static db => db.Orders.AnyAsync(Ct), "it is sent");
        Assert.Equal("live", ReportOf(engine).Mode);
    }

    [Fact]
    public async Task It_sees_the_terms_that_somebody_else_gave_its_order()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Resting);
        await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await _bench.UntilAsync(static db => db.Orders.AnyAsync(static row => row.Status == "ACCEPTED", Ct), "it rests");

        await using var db = _bench.NewContext();
        var order = await db.Orders.AsNoTracking().SingleAsync(Ct);
        await _bench.Bus.PublishAsync(
            new OrderMessage
            {
                Id = order.Id,
                ClientOrderId = DeterministicId.Create("test", "change"),
                Symbol = order.Symbol,
                Side = order.Side,
                Quantity = 5m,
                Price = 1410m,
                Type = order.Type,
                TimeInForce = order.TimeInForce,
                Event = "MODIFY",
                Origin = "trader",
                Timestamp = TimeProvider.System.GetUtcNow(),
            },
            Ct
        );
        await TickAsync(TimeSpan.Zero, 25);

        // One more of the new quantity, at the new price.
        await _bench.UntilAsync(static db => db.Orders.AnyAsync(static row => row.Quantity == 6m && row.Price == 1410m, Ct), "its answer");
    }

    [Fact]
    public async Task A_cancel_that_the_bus_lost_is_sent_again_until_it_has_an_effect()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Resting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await _bench.UntilAsync(static db => db.Orders.AnyAsync(static row => row.Status == "ACCEPTED", Ct), "it rests");

        // As if it had been published, and lost with the bus.
        await using (var db = _bench.NewContext())
        {
            var order = await db.Orders.AsNoTracking().SingleAsync(Ct);
            var sent = await db.Outbox.AsNoTracking().SingleAsync(row => row.Id == order.Id, Ct);
            db.Outbox.Add(
                new OutboxRow
                {
                    Id = DeterministicId.Create("test", "cancel"),
                    Source = sent.Source,
                    Stream = sent.Stream,
                    Kind = "OrderCancel",
                    Payload = sent.Payload.Replace("\"NEW\"", "\"CANCEL\"", StringComparison.Ordinal),
                    CreatedAt = sent.CreatedAt,
                    SentAt = sent.SentAt,
                }
            );
            await db.SaveChangesAsync(Ct);
        }

        await _bench.UntilAsync(static db => db.Orders.AnyAsync(static row => row.Status == "CANCELLED", Ct), "the cancel again");
        await using var after = _bench.NewContext();
        Assert.Equal(
            1,
            await after.Outbox.Where(static row => row.Kind == "OrderCancel").Select(static row => row.Attempts).SingleAsync(Ct)
        );
        await Bench.UntilAsync(
            () => Task.FromResult(engine.Services.GetRequiredService<LostOrders>().MissingChanges.Count == 0),
            "nothing is missing any more"
        );
    }

    [Fact]
    public async Task An_order_of_the_gateway_that_the_bus_lost_goes_back_into_the_gateways_outbox()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Counting);
        await StartAsync();
        var lost = DeterministicId.Create("test", "by hand");
        await using (var db = _bench.NewContext())
        {
            db.Outbox.Add(
                new OutboxRow
                {
                    Id = lost,
                    Source = "gateway",
                    Stream = StreamNames.Orders,
                    Kind = nameof(OrderMessage),
                    Payload = "{}",
                    CreatedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10),
                    SentAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10),
                }
            );
            await db.SaveChangesAsync(Ct);
        }

        await _bench.UntilAsync(
            db => db.Outbox.AnyAsync(row => row.Id == lost && row.SentAt == null && row.Attempts == 1, Ct),
            "it is to be sent again, by the gateway"
        );
    }

    private static StrategyReport ReportOf(IHost engine) => engine.Services.GetRequiredService<HostedReports>().All[0];

    private Task<IHost> StartAsync(params (string Key, string Value)[] settings) =>
        _bench.StartAsync(
            "strategy-engine",
            static builder => builder.AddStrategy(),
            [
                ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
                ("Strategy:BuiltIn", "false"),
                ("Strategies:Folder", _folder.PathOf(string.Empty)),
                ("Strategies:Hosted:0:Name", "mine"),
                ("Strategies:Hosted:0:Source", "Counting.dll"),
                ("Strategies:Hosted:0:Symbols:0", Symbol),
                .. settings,
            ]
        );

    // As the feed numbers ticks: by their times.
    private async Task TickAsync(TimeSpan shift, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var now = TimeProvider.System.GetUtcNow() + shift;
            _last = Math.Max(_last + 1, EventTime.ToMicros(now));
            var tick = new Tick
            {
                Symbol = Symbol,
                Price = Price.Of(1500m),
                Volume = Quantity.Of(10m),
                Timestamp = EventTime.FromMicros(_last),
                Kind = TickKind.Trade,
                Bid = Price.Of(1499.95m),
                BidSize = Quantity.Of(100m),
                Ask = Price.Of(1500.05m),
                AskSize = Quantity.Of(100m),
                Source = "test",
                Seq = _last,
            };
            await _bench.Tools.Services.GetRequiredService<ITickStore>().AppendAsync([tick], StreamNames.RawTicks, $"0-{_last}", Ct);
            await _bench.Bus.PublishAsync([tick], Ct);
            await Task.Delay(20, Ct);
        }
    }
}
