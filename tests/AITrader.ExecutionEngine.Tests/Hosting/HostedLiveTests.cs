using AITrader.Contracts.Messages;
using AITrader.Contracts.Strategies;
using AITrader.Domain.Ids;
using AITrader.Storage.Flags;
using AITrader.Storage.Rows;
using AITrader.StrategyEngine.Flags;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>A hosted strategy on the live market: the same code, without a barrier.</summary>
public sealed class HostedLiveTests : HostedLive
{
    [Fact]
    public async Task Orders_go_out_once_and_a_restart_finds_the_account_as_it_is_booked()
    {
        Compile(SampleStrategies.Counting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Trade.UntilAsync(static db => db.Executions.AnyAsync(Ct), "the order is filled");
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 3m }]), "the strategy knows");

        await Trade.StopAsync(engine);
        engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).State == StrategyStates.Running), "it runs again");
        await Trade.UntilAsync(static async db => await db.Executions.CountAsync(Ct) == 2, "the second order, of tick 40, is filled");

        // Twice in fifty ticks, whoever was restarted in between.
        await using var db = Trade.NewContext();
        Assert.Equal([3m, 3m], await db.Orders.OrderBy(static row => row.Seq).Select(static row => row.Quantity).ToListAsync(Ct));
        Assert.All(await db.Orders.ToListAsync(Ct), static row => Assert.Equal(("mine", string.Empty), (row.Origin, row.Run)));
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 6m }]), "the strategy knows both");
        Assert.True(ReportOf(engine).IsExact);
    }

    [Fact]
    public async Task A_split_is_in_its_account_too_and_a_restart_finds_it_in_its_place()
    {
        Compile(SampleStrategies.Counting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 3m }]), "it holds three");
        await SplitAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 33m }]), "thirty, and three of tick 40");

        await Trade.StopAsync(engine);
        engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 1);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 33m }]), "as many after a restart");
        Assert.True(ReportOf(engine).IsExact);
    }

    // Ten for one this morning; what was bought was bought yesterday.
    private async Task SplitAsync()
    {
        await using var db = Trade.NewContext();
        await db.Executions.ExecuteUpdateAsync(
            static set => set.SetProperty(static row => row.Timestamp, static row => row.Timestamp.AddDays(-1)),
            Ct
        );
        await db.Trades.ExecuteUpdateAsync(
            static set => set.SetProperty(static row => row.Timestamp, static row => row.Timestamp.AddDays(-1)),
            Ct
        );
        var now = TimeProvider.System.GetUtcNow();
        db.Adjustments.Add(
            new AdjustmentRow
            {
                Id = Guid.CreateVersion7(),
                Kind = AdjustmentKinds.Split,
                Symbol = Symbol,
                ExDate = DateOnly.FromDateTime(now.UtcDateTime.AddHours(5.5)),
                NewUnits = 10,
                OldUnits = 1,
                RequestedAt = now,
            }
        );
        await db.SaveChangesAsync(Ct);
        await Trade.UntilAsync(found => found.Adjustments.AnyAsync(static row => row.State == AdjustmentStates.Booked, Ct), "the split");
    }

    [Fact]
    public async Task Old_ticks_lead_to_no_order()
    {
        Compile(SampleStrategies.Counting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.FromMinutes(-5), 25);
        await Trade.UntilAsync(static db => db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.denied", Ct), "it is denied");

        await using var db = Trade.NewContext();
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
        Compile(SampleStrategies.Turning);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 3m }]), "it holds three");

        await using var db = Trade.NewContext();
        db.FeatureFlags.Add(new FeatureFlagRow { Name = FeatureFlags.HostedOrders.Name, UpdatedAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(Ct);
        await Task.Delay(FlagTable.Life * 1.1, Ct);
        await TickAsync(TimeSpan.Zero, 25);
        await Trade.UntilAsync(static db => db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.denied", Ct), "it is denied");
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
        Compile(SampleStrategies.Counting);
        var engine = await StartAsync(("Strategies:LiveAccount", "broker"));
        await TickAsync(TimeSpan.Zero, 25);
        await Trade.UntilAsync(static db => db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.denied", Ct), "it is denied");
        await using var db = Trade.NewContext();
        Assert.Contains(
            "PAPER_STRATEGY mode=paper live_account=broker",
            (await db.AuditEvents.SingleAsync(static row => row.EventType == "strategy.denied", Ct)).Changes,
            StringComparison.Ordinal
        );
        Assert.False(await db.Orders.AnyAsync(Ct));
        Assert.Equal("paper", ReportOf(engine).Mode);
        await Trade.StopAsync(engine);

        engine = await StartAsync(("Strategies:LiveAccount", "broker"), ("Strategies:Hosted:0:Mode", "live"));
        await TickAsync(TimeSpan.Zero, 25);
        await Trade.UntilAsync(static db => db.Orders.AnyAsync(Ct), "it is sent");
        Assert.Equal("live", ReportOf(engine).Mode);
    }

    [Fact]
    public async Task It_sees_the_terms_that_somebody_else_gave_its_order()
    {
        Compile(SampleStrategies.Resting);
        await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Trade.UntilAsync(static db => db.Orders.AnyAsync(static row => row.Status == "ACCEPTED", Ct), "it rests");

        await using var db = Trade.NewContext();
        var order = await db.Orders.AsNoTracking().SingleAsync(Ct);
        await Trade.Bus.PublishAsync(
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
        await Trade.UntilAsync(static db => db.Orders.AnyAsync(static row => row.Quantity == 6m && row.Price == 1410m, Ct), "its answer");
    }
}
