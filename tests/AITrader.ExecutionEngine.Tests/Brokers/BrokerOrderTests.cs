using AITrader.Domain.Orders;
using AITrader.Trading.Ledger.Fees;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>Live orders at a broker, and everything that its line can do to them.</summary>
public sealed class BrokerOrderTests : IAsyncLifetime
{
    private BrokerBench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await BrokerBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task An_order_is_executed_by_the_broker_and_booked_with_its_fees()
    {
        await _bench.StartEngineAsync();
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "FILLED");
        await _bench.AssertBooksAsync();
        await using var db = _bench.Bench.NewContext();
        var part = await db.BrokerOrders.SingleAsync(Ct);
        Assert.Equal((order, 0, "kite", 10m), (part.Id, part.Part, part.Broker, part.FilledQuantity));
        var executions = await db.Executions.OrderBy(static row => row.TradeId).ToListAsync(Ct);
        var schedule = FeeTable.Published.For(
            "ZERODHA",
            "NSE",
            "EQUITY",
            "MIS",
            DateOnly.FromDateTime(executions[0].Timestamp.UtcDateTime)
        );
        Assert.Equal(
            schedule.Charge(Side.Buy, executions.Sum(static row => row.Quantity * row.Price)).Total,
            executions.Sum(static row => row.Fee)
        );
        Assert.Equal(["SUBMITTED", "FILLED"], (await _bench.StepsAsync(order)).Where(static step => step is "SUBMITTED" or "FILLED"));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("drop")]
    [InlineData("504")]
    [InlineData("502-page")]
    public async Task An_answer_that_is_lost_is_looked_up_and_the_order_never_sent_twice(string mode)
    {
        await _bench.StartEngineAsync();
        await _bench.FaultAsync($"orders/lose-answer?mode={mode}");
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "FILLED");
        Assert.DoesNotContain("REJECTED", await _bench.StepsAsync(order));
        await _bench.AssertBooksAsync();
    }

    [Fact]
    public async Task An_order_that_was_lost_on_its_way_is_unknown_until_the_broker_had_time_to_show_it()
    {
        await _bench.StartEngineAsync();
        await _bench.FaultAsync("orders/lose-answer?mode=unsent");
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "UNKNOWN");
        await _bench.UntilAsync(order, "REJECTED");
        Assert.Equal(["SUBMITTED", "UNKNOWN", "REJECTED"], await _bench.StepsAsync(order));
        Assert.StartsWith("NOT_AT_BROKER tag=", (await _bench.RowAsync(order)).Reason, StringComparison.Ordinal);
        Assert.Empty((await _bench.LedgerAsync()).Orders);
    }

    [Fact]
    public async Task Or_it_is_sent_again_where_the_policy_says_so()
    {
        await _bench.StartEngineAsync(null, ("Broker:WhenUnseen", "send"));
        await _bench.FaultAsync("orders/lose-answer?mode=unsent");
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "FILLED");
        Assert.Equal(["SUBMITTED", "UNKNOWN"], (await _bench.StepsAsync(order)).Take(2));
        await _bench.AssertBooksAsync();
    }

    [Theory]
    [InlineData("rest/refuse?status=502&count=1&scope=orders", "REJECTED")]
    [InlineData("rest/refuse?status=429&count=2&scope=orders", "FILLED")]
    [InlineData("sessions/end", "FILLED")]
    public async Task Errors_of_the_line_are_what_they_prove(string fault, string end)
    {
        await _bench.StartEngineAsync();
        await _bench.FaultAsync(fault);
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, end);
        Assert.Equal(fault.Contains("502", StringComparison.Ordinal), (await _bench.StepsAsync(order)).Contains("UNKNOWN"));
        await _bench.AssertBooksAsync();
    }

    [Fact]
    public async Task A_rejection_keeps_the_brokers_words_and_so_does_a_refusal()
    {
        await _bench.StartEngineAsync();
        await _bench.FaultAsync("orders/reject?message=RMS:Blocked");
        var rejected = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(rejected, "REJECTED");
        Assert.Equal("BROKER_REJECTED RMS:Blocked", (await _bench.RowAsync(rejected)).Reason);
        await _bench.FaultAsync("rest/refuse?status=403&count=2&scope=orders");
        var refused = await _bench.SendAsync(BrokerBench.Message(2));
        await _bench.UntilAsync(refused, "REJECTED");
        Assert.StartsWith("BROKER_REFUSED code=TokenException", (await _bench.RowAsync(refused)).Reason, StringComparison.Ordinal);
        await _bench.AssertBooksAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("orders/lose-answer?mode=504")]
    [InlineData("rest/refuse?status=429&count=1&scope=orders")]
    public async Task A_cancel_is_pending_until_the_broker_says_so_and_what_was_filled_stays(string fault)
    {
        await _bench.StartEngineAsync();
        await _bench.FaultAsync("orders/partial?quantity=4");
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "PARTIALLY_FILLED");
        await FaultAsync(fault);
        await _bench.CancelAsync(order);
        await _bench.UntilAsync(order, "CANCELLED");
        Assert.Equal(["PENDING_CANCEL", "CANCELLED"], (await _bench.StepsAsync(order)).TakeLast(2));
        Assert.Equal(
            (4m, "CANCEL_REQUESTED by=admin"),
            ((await _bench.RowAsync(order)).FilledQuantity, (await _bench.RowAsync(order)).Reason)
        );
        await _bench.AssertBooksAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("orders/lose-answer?mode=drop")]
    [InlineData("rest/refuse?status=429&count=1&scope=orders")]
    public async Task A_change_holds_once_the_broker_has_it(string fault)
    {
        await _bench.StartEngineAsync();
        var order = await _bench.SendAsync(BrokerBench.Message(1, _bench.Bid - 20m));
        await _bench.UntilAsync(order, "ACCEPTED");
        await FaultAsync(fault);
        await _bench.ModifyAsync(order, 12m, _bench.Bid - 21m);
        await _bench.Bench.UntilAsync(
            db => db.Orders.AnyAsync(row => row.Id == order && row.Status == "ACCEPTED" && row.Quantity == 12m, Ct),
            "the change"
        );
        var there = Assert.Single((await _bench.LedgerAsync()).Orders);
        Assert.Equal((12m, _bench.Bid - 21m), (BrokerBench.Number(there, "quantity"), BrokerBench.Number(there, "price")));
        Assert.Equal(["SUBMITTED", "ACCEPTED", "PENDING_UPDATE", "ACCEPTED"], await _bench.StepsAsync(order));
    }

    [Fact]
    public async Task A_change_that_the_broker_refuses_leaves_the_order_as_it_was()
    {
        await _bench.StartEngineAsync();
        var order = await _bench.SendAsync(BrokerBench.Message(1, _bench.Bid - 20m));
        await _bench.UntilAsync(order, "ACCEPTED");
        await _bench.FaultAsync("rest/refuse?status=403&count=2&scope=orders");
        await _bench.ModifyAsync(order, 12m, _bench.Bid - 21m);
        await _bench.Bench.UntilAsync(
            static db => db.OrderEvents.AnyAsync(static row => row.Reason.StartsWith("MODIFY_REFUSED code=TokenException"), Ct),
            "the refusal"
        );
        Assert.Equal(("ACCEPTED", 10m), ((await _bench.RowAsync(order)).Status, (await _bench.RowAsync(order)).Quantity));
    }

    [Fact]
    public async Task An_order_that_fills_late_and_in_parts_is_booked_as_it_comes()
    {
        await _bench.StartEngineAsync();
        await _bench.FaultAsync("orders/late?seconds=2");
        await _bench.FaultAsync("orders/partial?quantity=4");
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "ACCEPTED");
        await Bench.UntilAsync(
            async () =>
            {
                await _bench.FaultAsync("market/step?count=1");
                return (await _bench.RowAsync(order)).Status == "FILLED";
            },
            "the fills"
        );
        await _bench.AssertBooksAsync();
        Assert.True((await _bench.StepsAsync(order)).Count(static step => step is "PARTIALLY_FILLED" or "FILLED") >= 3);
    }

    [Fact]
    public async Task The_ticker_brings_the_news_and_without_it_the_polling_does()
    {
        await _bench.StartEngineAsync(null, ("Broker:PollInterval", "00:01:00"));
        await _bench.FaultAsync("orders/partial?quantity=4");
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "PARTIALLY_FILLED");
        await _bench.FaultAsync("market/step?count=3");
        await _bench.UntilAsync(order, "FILLED");
        await _bench.StopEngineAsync();
        await _bench.StartEngineAsync(null, ("Kite:OrderUpdates", "false"));
        await _bench.UntilAsync(await _bench.SendAsync(BrokerBench.Message(2)), "FILLED");
        await _bench.AssertBooksAsync();
    }

    private Task FaultAsync(string fault) => fault.Length == 0 ? Task.CompletedTask : _bench.FaultAsync(fault);
}
