using AITrader.Domain.Orders;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Engine;

public sealed class OrderChangeTests
{
    private readonly TradingDesk _desk = Make.Desk();
    private int _requests;

    public OrderChangeTests() => _desk.OnTick(Make.Quote(1, 0, 99m, 100m));

    [Fact]
    public void A_change_is_on_its_way_for_the_latency_and_the_order_trades_on_its_old_terms_until_then()
    {
        var order = Resting(2m, 98m);
        var asked = Assert.Single(Modify(order, 3m, 97m, at: 2));
        Assert.Equal((OrderStatus.PendingUpdate, "qty=3 price=97"), (asked.Status, asked.Reason));

        var fill = Assert.Single(_desk.OnTick(Make.Trade(3, 2.02, 97.5m, 0.5m)));
        Assert.Equal((OrderStatus.PendingUpdate, 98m, 0.5m), (fill.Status, fill.Fill!.Price, fill.Fill.Quantity));

        var resumed = Assert.Single(_desk.OnTick(Make.Trade(4, 2.06, 97.5m, 0.5m)));
        Assert.Equal((OrderStatus.PartiallyFilled, "MODIFIED qty=3 price=97"), (resumed.Status, resumed.Reason));
        Assert.Equal((2.5m, 97m), (Working(order).Remaining, Working(order).Request.LimitPrice));
    }

    [Fact]
    public void A_limit_that_is_moved_through_the_market_takes_what_is_shown_there()
    {
        var order = Resting(2m, 98m);
        Modify(order, 2m, 101m, at: 2);
        var outcomes = _desk.OnTick(Make.Quote(3, 3, 99m, 100m, 5m));
        Assert.Equal([OrderStatus.Accepted, OrderStatus.Filled], outcomes.Select(static outcome => outcome.Status));
        Assert.Equal((100m, true), (outcomes[1].Fill!.Price, outcomes[1].Fill!.IsTaker));
    }

    [Fact]
    public void A_stop_that_waits_here_is_changed_at_once()
    {
        var stop = Make.Conditional(1, OrderType.Stop, Side.Buy, 1m, new OrderConditions { TriggerPrice = 110m });
        _desk.Submit(stop, false);
        _desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        var outcomes = Modify(stop.Id, 1m, null, at: 1, trigger: 105m);
        Assert.Equal([OrderStatus.PendingUpdate, OrderStatus.Accepted], outcomes.Select(static outcome => outcome.Status));
        Assert.Equal(OrderStatus.Triggered, _desk.OnTick(Make.Trade(3, 2, 105m, 1m)).Single().Status);
    }

    [Fact]
    public void Less_quantity_is_never_refused_for_a_limit()
    {
        var order = Resting(2m, 98m);
        _desk.SetTradingState(TradingState.Reducing);
        Assert.Equal(OrderStatus.PendingUpdate, Modify(order, 1m, 98m, at: 2).Single().Status);
        Assert.StartsWith(
            "MODIFY_REFUSED NOT_MODIFIABLE status=PENDING_UPDATE",
            Modify(order, 3m, 98m, at: 2).Single().Reason,
            StringComparison.Ordinal
        );
        _desk.OnTick(Make.Quote(3, 3, 99m, 100m));
        Assert.Equal(1m, Working(order).Remaining);
        Assert.StartsWith("MODIFY_REFUSED TRADING_REDUCING", Modify(order, 3m, 98m, at: 3).Single().Reason, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Accepted, Working(order).State.Status);
    }

    [Theory]
    [InlineData(2, 98.0, null, "NOTHING_CHANGES")]
    [InlineData(2, 98.05, null, "PRICE_NOT_TICK price=98.05 tick=0.1")]
    [InlineData(2.0005, 98.0, null, "QUANTITY_NOT_LOT qty=2.0005 lot=0.001")]
    [InlineData(0, 98.0, null, "ALREADY_FILLED qty=0 filled=0 reduced=0")]
    [InlineData(2, 98.0, 90.0, "TRIGGER_INVALID type=LIMIT trigger=90")]
    [InlineData(2, null, null, "PRICE_INVALID type=LIMIT price=none")]
    [InlineData(99_999, 98.0, null, "INSUFFICIENT_CASH required=9803821.9608 free=1000000")]
    public void What_a_new_order_could_not_ask_for_a_change_cannot_either(double quantity, double? limit, double? trigger, string refusal)
    {
        var order = Resting(2m, 98m);
        var refused = Modify(order, (decimal)quantity, (decimal?)limit, at: 1, trigger: (decimal?)trigger).Single();
        Assert.Equal($"MODIFY_REFUSED {refusal}", refused.Reason);
        Assert.Equal(
            (OrderStatus.Accepted, 2m, 98m),
            (Working(order).State.Status, Working(order).Remaining, Working(order).Request.LimitPrice)
        );
    }

    private Guid Resting(decimal quantity, decimal price)
    {
        var order = Make.Limit(1, Side.Buy, quantity, price);
        _desk.Submit(order, false);
        _desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        return order.Id;
    }

    private IReadOnlyList<TradingOutcome> Modify(Guid order, decimal quantity, decimal? limit, double at, decimal? trigger = null) =>
        _desk.Modify(order, new OrderChange(Make.Id(900 + ++_requests), quantity, limit, trigger, Make.At(at)));

    private Order Working(Guid id) => Assert.Single(_desk.Working, order => order.Id == id);
}
