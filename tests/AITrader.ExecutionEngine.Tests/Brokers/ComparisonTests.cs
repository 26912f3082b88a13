using AITrader.Domain.Orders;
using AITrader.Storage.Rows;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>The broker's books and ours are compared, at the start and while it runs.</summary>
public sealed class ComparisonTests : IAsyncLifetime
{
    private BrokerBench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await BrokerBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Until_the_broker_has_answered_live_orders_wait()
    {
        await _bench.FaultAsync("rest/refuse?status=503&count=30");
        await _bench.LaunchAsync();
        await _bench.Bench.Bus.PublishAsync(BrokerBench.Message(1), Ct);
        await Bench.UntilAsync(() => Task.FromResult(_bench.State.Reading.LostSince is not null), "the broker to be away");
        await using (var db = _bench.Bench.NewContext())
        {
            Assert.False(await db.Orders.AnyAsync(Ct));
        }

        await _bench.UntilAsync(BrokerBench.Id(1), "FILLED");
        await _bench.AssertBooksAsync();
    }

    [Fact]
    public async Task And_are_denied_when_they_are_too_old()
    {
        await _bench.FaultAsync("rest/refuse?status=503&count=1000");
        await _bench.LaunchAsync(null, ("Execution:MaxOrderAge", "00:00:03"));
        var early = await _bench.SendAsync(BrokerBench.Message(1));
        Assert.Equal("DENIED", (await _bench.RowAsync(early)).Status);
        Assert.StartsWith("STALE_ORDER", (await _bench.RowAsync(early)).Reason, StringComparison.Ordinal);
        var late = await _bench.SendAsync(BrokerBench.Message(2));
        Assert.Equal(("DENIED", "NOT_RECONCILED"), ((await _bench.RowAsync(late)).Status, (await _bench.RowAsync(late)).Reason));
        Assert.Empty((await _bench.LedgerAsync()).Orders);
    }

    [Fact]
    public async Task A_trade_that_is_not_ours_halts_and_the_position_is_never_traded_away()
    {
        await _bench.TradeElsewhereAsync(BrokerBench.Id(900), 7m);
        await _bench.StartEngineAsync();
        await UntilHaltedAsync();
        await using var db = _bench.Bench.NewContext();
        Assert.StartsWith("BROKER_DIFFERS kind=", (await db.Accounts.SingleAsync(Ct)).HaltReason, StringComparison.Ordinal);
        await _bench.Bench.UntilAsync(
            static context => context.AuditEvents.AnyAsync(static row => row.EventType == "broker.difference", Ct),
            "the audit event"
        );
        await Bench.UntilAsync(
            () => Task.FromResult(_bench.State.Reading.Differences.Any(static difference => difference.Kind == "position")),
            "the position"
        );
        Assert.Contains(_bench.State.Reading.Differences, static difference => difference is { Kind: "position", Theirs: "7", Ours: "0" });
        Assert.Contains(_bench.State.Reading.Differences, static difference => difference is { Kind: "unknown_trade", Policy: "halt" });
        Assert.Contains(_bench.State.Reading.Differences, static difference => difference is { Kind: "foreign_order", Policy: "report" });
        Assert.Equal("DENIED", (await _bench.RowAsync(await _bench.SendAsync(BrokerBench.Message(1)))).Status);
        Assert.Single((await _bench.LedgerAsync()).Orders);
    }

    [Fact]
    public async Task Or_it_is_adopted_into_the_books()
    {
        await _bench.TradeElsewhereAsync(BrokerBench.Id(900), 7m);
        await _bench.StartEngineAsync(null, ("Broker:UnknownTrades", "adopt"));
        await _bench.Bench.UntilAsync(static db => db.Positions.AnyAsync(static row => row.Quantity == 7m, Ct), "the position");
        await _bench.UntilAsync(await _bench.SendAsync(BrokerBench.Message(1)), "FILLED");
        await _bench.AssertBooksAsync();
        await using var db = _bench.Bench.NewContext();
        Assert.Equal("ACTIVE", (await db.Accounts.SingleAsync(Ct)).TradingState);
        Assert.Equal("broker", (await db.Orders.FirstAsync(static row => row.Origin != "admin", Ct)).Origin);
    }

    [Fact]
    public async Task Or_reported_and_left_alone()
    {
        await _bench.TradeElsewhereAsync(BrokerBench.Id(900), 7m);
        await _bench.StartEngineAsync(null, ("Broker:UnknownTrades", "report"), ("Broker:Positions", "report"));
        await _bench.UntilAsync(await _bench.SendAsync(BrokerBench.Message(1)), "FILLED");
        await using var db = _bench.Bench.NewContext();
        Assert.Equal(10m, await db.Positions.Select(static row => row.Quantity).SingleAsync(Ct));
        Assert.Equal("ACTIVE", (await db.Accounts.SingleAsync(Ct)).TradingState);
    }

    [Fact]
    public async Task An_order_that_ended_here_and_lives_there_is_cancelled()
    {
        await _bench.StartEngineAsync();
        var order = await _bench.SendAsync(BrokerBench.Message(1, _bench.Bid - 20m));
        await _bench.UntilAsync(order, "ACCEPTED");
        await _bench.StopEngineAsync();
        await using (var db = _bench.Bench.NewContext())
        {
            await db.Orders.ExecuteUpdateAsync(static set => set.SetProperty(static row => row.Status, "REJECTED"), Ct);
            await db.BrokerOrders.ExecuteUpdateAsync(static set => set.SetProperty(static row => row.State, BrokerOrderStates.Done), Ct);
        }

        await _bench.StartEngineAsync();
        await Bench.UntilAsync(
            async () => BrokerBench.Text(Assert.Single((await _bench.LedgerAsync()).Orders), "status") == "CANCELLED",
            "the cancel"
        );
    }

    [Fact]
    public async Task After_an_outage_the_working_orders_are_cancelled()
    {
        await _bench.StartEngineAsync(null, ("Broker:CancelAfterOutage", "00:00:01"), ("Broker:PollInterval", "00:00:00.500"));
        var order = await _bench.SendAsync(BrokerBench.Message(1, _bench.Bid - 20m));
        await _bench.UntilAsync(order, "ACCEPTED");
        await _bench.FaultAsync("rest/refuse?status=503&count=4");
        await _bench.UntilAsync(order, "CANCELLED");
        Assert.StartsWith("CONNECTION_LOST for=", (await _bench.RowAsync(order)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_broker_lacks_is_held_here_or_refused_with_a_code()
    {
        await _bench.StartEngineAsync();
        var touched = BrokerBench.Message(1) with
        {
            Type = "MARKET_IF_TOUCHED",
            Conditions = new OrderConditions { TriggerPrice = _bench.Bid - 5m },
        };
        await _bench.SendAsync(touched);
        await _bench.QuoteAsync(_bench.Bid - 1m, isTrade: true);
        await _bench.UntilAsync(touched.Id, "ACCEPTED");
        Assert.Empty((await _bench.LedgerAsync()).Orders);
        await _bench.QuoteAsync(_bench.Bid - 5m, isTrade: true);
        await _bench.UntilAsync(touched.Id, "FILLED");
        var fok = await _bench.SendAsync(BrokerBench.Message(2) with { TimeInForce = "FOK" });
        Assert.Equal("ORDER_KIND_NOT_OFFERED missing=Fok", (await _bench.RowAsync(fok)).Reason);
        var elsewhere = await _bench.SendAsync(BrokerBench.Message(3) with { Symbol = "BTCUSDT" });
        Assert.Equal("NOT_AT_BROKER broker=kite symbol=BTCUSDT", (await _bench.RowAsync(elsewhere)).Reason);
        var unpriced = await _bench.SendAsync(BrokerBench.Message(4) with { Symbol = "MCX:GOLD" });
        Assert.StartsWith("FEE_SCHEDULE_MISSING", (await _bench.RowAsync(unpriced)).Reason, StringComparison.Ordinal);
        await _bench.AssertBooksAsync();
    }

    [Fact]
    public async Task A_brackets_exits_rest_at_the_broker_and_one_ends_the_other()
    {
        await _bench.StartEngineAsync();
        var entry = BrokerBench.Message(1) with { TakeProfit = _bench.Bid + 30m, StopLoss = _bench.Bid - 30m };
        await _bench.SendAsync(entry);
        await _bench.UntilAsync(entry.Id, "FILLED");
        var (profit, loss) = (
            Domain.Ids.DeterministicId.Leg(entry.Id, "take-profit"),
            Domain.Ids.DeterministicId.Leg(entry.Id, "stop-loss")
        );
        await _bench.UntilAsync(profit, "ACCEPTED");
        await _bench.UntilAsync(loss, "ACCEPTED");
        Assert.Equal(
            ["LIMIT", "MARKET", "SL-M"],
            (await _bench.LedgerAsync()).Orders.Select(static order => BrokerBench.Text(order, "order_type")).Order(StringComparer.Ordinal)
        );
        await _bench.CancelAsync(profit);
        await _bench.UntilAsync(profit, "CANCELLED");
        await _bench.UntilAsync(loss, "CANCELLED");
        await _bench.AssertBooksAsync();
    }

    private Task UntilHaltedAsync() =>
        _bench.Bench.UntilAsync(static db => db.Accounts.AnyAsync(static row => row.TradingState == TradingStates.Halted, Ct), "the halt");
}
