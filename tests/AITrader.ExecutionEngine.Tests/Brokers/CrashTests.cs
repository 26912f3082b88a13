using AITrader.ExecutionEngine.Brokers.Parts;
using Microsoft.EntityFrameworkCore;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>Whatever step of an order's way is the last one of a process: nothing is sent twice, nothing is booked twice, nothing is
/// lost.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private BrokerBench _bench = null!;

    public static TheoryData<string> Steps { get; } = [.. OrderPath.All];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await BrokerBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_crash_at_any_step_leaves_books_that_are_the_brokers(string step)
    {
        // The first looks at the books are before any order.
        var probe = new CrashingProbe(step, step.StartsWith("news", StringComparison.Ordinal) ? 4 : 1);
        await _bench.StartEngineAsync(probe, ("Broker:WhenUnseen", "send"));
        var bought = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(bought, "FILLED");
        var resting = await _bench.SendAsync(BrokerBench.Message(2, _bench.Bid - 20m));
        await _bench.UntilAsync(resting, "ACCEPTED");
        await _bench.ModifyAsync(resting, 12m, _bench.Bid - 21m);
        await _bench.Bench.UntilAsync(
            db => db.Orders.AnyAsync(row => row.Id == resting && row.Status == "ACCEPTED" && row.Quantity == 12m, Ct),
            "the change"
        );
        await _bench.CancelAsync(resting);
        await _bench.UntilAsync(resting, "CANCELLED");
        Assert.True(probe.HasCrashed);
        await _bench.AssertBooksAsync();
        Assert.Equal(2, (await _bench.LedgerAsync()).Orders.Count);
    }

    [Theory]
    [InlineData(OrderPath.OrderCommitted, "REJECTED")]
    [InlineData(OrderPath.OrderSending, "REJECTED")]
    [InlineData(OrderPath.OrderSent, "FILLED")]
    [InlineData(OrderPath.OrderAnswered, "FILLED")]
    public async Task What_was_stored_and_not_answered_is_unknown_and_looked_up(string step, string end)
    {
        await _bench.StartEngineAsync(new CrashingProbe(step));
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, end);
        Assert.Equal(["SUBMITTED", "UNKNOWN"], (await _bench.StepsAsync(order)).Take(2));
        await _bench.AssertBooksAsync();
    }

    [Fact]
    public async Task A_broker_order_of_before_is_taken_up_by_the_next_process()
    {
        await _bench.StartEngineAsync();
        await _bench.FaultAsync("orders/partial?quantity=4");
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "PARTIALLY_FILLED");
        await _bench.StopEngineAsync();
        await _bench.FaultAsync("market/step?count=3");
        await _bench.StartEngineAsync();
        await _bench.UntilAsync(order, "FILLED");
        await _bench.AssertBooksAsync();
    }
}
