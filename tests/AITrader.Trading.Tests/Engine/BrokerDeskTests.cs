using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.Trading.Engine;
using AITrader.Trading.Ledger;

namespace AITrader.Trading.Tests.Engine;

/// <summary>A desk whose live orders are executed by a broker.</summary>
public sealed class BrokerDeskTests
{
    private const BrokerCapabilities Kite = BrokerCapabilities.Stop | BrokerCapabilities.StopLimit | BrokerCapabilities.Ioc;

    private readonly TradingDesk _desk = new(Make.Settings(), new AccountLedger(1_000_000m)) { IsReconciled = true, Broker = Kite };
    private int _execution;

    public BrokerDeskTests() => Quote(1);

    [Fact]
    public void No_tick_fills_what_the_broker_has()
    {
        _desk.Submit(Market(1m), false);
        Assert.Empty(Quote(2));
        Assert.Equal(OrderStatus.Submitted, Assert.Single(_desk.Working).State.Status);
    }

    [Fact]
    public void At_the_market_good_until_cancelled_asks_for_nothing_and_at_a_limit_for_what_the_broker_lacks()
    {
        var taken = _desk.Submit(Market(1m) with { TimeInForce = TimeInForce.Gtc }, false);
        Assert.Equal((OrderStatus.Submitted, TimeInForce.Day), (taken.Status, taken.Order.Request.TimeInForce));
        var refused = _desk.Submit(Limit(1m, 90m) with { TimeInForce = TimeInForce.Gtc }, false);
        Assert.Equal((OrderStatus.Denied, "ORDER_KIND_NOT_OFFERED missing=Gtc"), (refused.Status, refused.Reason));
    }

    [Fact]
    public void Until_the_books_agree_orders_are_denied()
    {
        _desk.IsAgreed = false;
        Assert.Equal("NOT_RECONCILED", _desk.Submit(Market(1m), false).Reason);
    }

    [Fact]
    public void A_cancel_is_a_request_and_the_brokers_answer_is_the_end()
    {
        var order = Accepted(Limit(2m, 90m));
        Assert.Equal(OrderStatus.PendingCancel, Assert.Single(_desk.Cancel(order.Id, "CANCEL_REQUESTED by=test")).Status);
        Assert.Empty(_desk.Cancel(order.Id, "CANCEL_REQUESTED by=test"));
        Fill(order.Id, 0.5m, 90m);
        var end = Assert.Single(_desk.OnBroker(_desk.Find(order.Id)!, OrderStep.Cancel, "by the broker", Make.At(9)));
        Assert.Equal((OrderStatus.Cancelled, "CANCEL_REQUESTED by=test", 0.5m), (end.Status, end.Reason, end.Order.Filled));
        Assert.Empty(_desk.Working);
        var late = Assert.Single(_desk.OnExecution(end.Order, Execution(order.Id, Side.Buy, 1.5m, 89m)));
        Assert.Equal((OrderStatus.Filled, 2m), (late.Status, _desk.Ledger.PositionOf(Make.Symbol).Quantity));
        Assert.Equal(1_000_000m - 45m - 133.5m - _desk.Ledger.Fees, _desk.Ledger.Cash);
    }

    [Fact]
    public void A_refused_cancel_lets_the_order_go_on_and_it_may_be_asked_again()
    {
        var order = Accepted(Limit(2m, 90m));
        var asked = Assert.Single(_desk.Cancel(order.Id, "CANCEL_REQUESTED by=test"));
        var goes = Assert.Single(_desk.OnCancelRefused(_desk.Find(order.Id)!, "CANCEL_REFUSED code=Busy", Make.At(9)));
        Assert.Equal((OrderStatus.Accepted, string.Empty), (goes.Status, goes.Order.Ending));
        var again = Assert.Single(_desk.Cancel(order.Id, "CANCEL_REQUESTED by=test"));
        Assert.Equal(OrderStatus.PendingCancel, again.Status);
        Assert.NotNull(asked.RequestId);
    }

    [Fact]
    public void A_cancel_of_what_the_broker_has_not_answered_is_asked_as_soon_as_it_has()
    {
        var order = _desk.Submit(Limit(2m, 90m), false).Order;
        _desk.OnBroker(order, OrderStep.TimeOut, "no answer", Make.At(2));
        Assert.Empty(_desk.Cancel(order.Id, "CANCEL_REQUESTED by=test"));
        Assert.Equal("CANCEL_REQUESTED by=test", Assert.Single(_desk.TakeChanged()).Ending);
        Assert.Equal(
            [OrderStatus.Accepted, OrderStatus.PendingCancel],
            _desk.OnBroker(_desk.Find(order.Id)!, OrderStep.Accept, string.Empty, Make.At(3)).Select(static outcome => outcome.Status)
        );
    }

    [Fact]
    public void An_unknown_order_holds_cash_until_its_fate_is_proved()
    {
        var free = _desk.FreeCash;
        var order = _desk.Submit(Limit(2m, 90m), false).Order;
        _desk.OnBroker(order, OrderStep.TimeOut, "no answer", Make.At(2));
        Assert.True(_desk.FreeCash <= free - 180m);
        Assert.Empty(_desk.OnBroker(_desk.Find(order.Id)!, OrderStep.Reject, "a late word", Make.At(3)));
        Assert.Equal(
            OrderStatus.Rejected,
            Assert.Single(_desk.OnBroker(_desk.Find(order.Id)!, OrderStep.ProveUnseen, "NOT_AT_BROKER", Make.At(4))).Status
        );
        Assert.Equal(free, _desk.FreeCash);
    }

    [Fact]
    public void A_change_holds_when_the_broker_took_it_and_not_before()
    {
        var order = Accepted(Limit(2m, 90m));
        var change = new OrderChange(Make.Id(50), 3m, 91m, null, Make.At(2));
        Assert.Equal(OrderStatus.PendingUpdate, Assert.Single(_desk.Modify(order.Id, change)).Status);
        Assert.Empty(Quote(5));
        Assert.Equal(90m, _desk.Find(order.Id)!.Request.LimitPrice);
        var confirmed = Assert.Single(_desk.OnChanged(_desk.Find(order.Id)!, string.Empty, Make.At(6)));
        Assert.Equal((OrderStatus.Accepted, 91m, 3m), (confirmed.Status, confirmed.Order.Request.LimitPrice, confirmed.Order.Quantity));
        Assert.Null(confirmed.Order.Held);
        _desk.Modify(order.Id, change with { Id = Make.Id(51), LimitPrice = 92m });
        var refused = Assert.Single(_desk.OnChanged(_desk.Find(order.Id)!, "code=Busy", Make.At(7)));
        Assert.Equal(("MODIFY_REFUSED code=Busy", 91m), (refused.Reason, refused.Order.Request.LimitPrice));
    }

    [Fact]
    public void Executions_before_the_acknowledgement_twice_and_beyond_the_quantity_are_booked_once_each()
    {
        var order = _desk.Submit(Market(2m), false).Order;
        var first = Execution(order.Id, Side.Buy, 1m, 100m);
        Assert.Equal(OrderStatus.PartiallyFilled, Assert.Single(_desk.OnExecution(order, first)).Status);
        Assert.Empty(_desk.OnBroker(_desk.Find(order.Id)!, OrderStep.Accept, string.Empty, Make.At(2)));
        Assert.Empty(_desk.OnExecution(_desk.Find(order.Id)!, first));
        var done = Assert.Single(_desk.OnExecution(_desk.Find(order.Id)!, Execution(order.Id, Side.Buy, 1.5m, 100m)));
        Assert.Equal((OrderStatus.Filled, 0.5m), (done.Status, done.Order.Overfill));
        var more = Assert.Single(_desk.OnExecution(done.Order, Execution(order.Id, Side.Buy, 1m, 100m)));
        Assert.Equal((OrderStatus.Filled, 1.5m), (more.Status, more.Order.Overfill));
        Assert.Equal(3.5m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void What_the_broker_lacks_is_held_here_until_a_trade_sets_it_off()
    {
        var order = _desk
            .Submit(
                Make.Conditional(1, OrderType.MarketIfTouched, Side.Buy, 1m, new() { TriggerPrice = 95m }) with
                {
                    Run = string.Empty,
                    TimeInForce = TimeInForce.Day,
                },
                false
            )
            .Order;
        Assert.False(_desk.IsOut(order));
        Assert.Equal(OrderStatus.Accepted, Assert.Single(_desk.OnTick(Make.Trade(2, 2, 99m, 1m) with { Run = string.Empty })).Status);
        var triggered = Assert.Single(_desk.OnTick(Make.Trade(3, 3, 95m, 1m) with { Run = string.Empty }));
        Assert.Equal((OrderStatus.Triggered, OrderType.Market, 1m), (triggered.Status, triggered.Order.SentType, triggered.Order.Offered));
        Assert.True(_desk.IsOut(triggered.Order));
    }

    [Fact]
    public void What_neither_has_is_refused_with_a_code()
    {
        var fok = Market(1m, TimeInForce.Fok);
        Assert.Equal("ORDER_KIND_NOT_OFFERED missing=Fok", _desk.Submit(fok, false).Reason);
    }

    [Fact]
    public void A_brackets_exits_go_to_the_broker_as_the_entry_is_executed_and_the_stop_as_it_is()
    {
        var bracket = Bracket.Around(Market(2m), 110m, 90m);
        var entry = _desk.Submit(bracket, false)[0].Order;
        Assert.All(_desk.Working.Where(order => order.Id != entry.Id), order => Assert.False(_desk.IsOut(order)));
        _desk.OnExecution(_desk.Find(entry.Id)!, Execution(entry.Id, Side.Buy, 2m, 100m));
        var (profit, loss) = (_desk.Find(bracket.TakeProfit.Id)!, _desk.Find(bracket.StopLoss.Id)!);
        Assert.Equal((OrderType.Limit, OrderType.Stop), (profit.SentType, loss.SentType));
        Assert.Equal((TimeInForce.Day, 2m, 2m), (loss.Request.TimeInForce, profit.Offered, loss.Offered));

        // One of two: the other gives up as much, and all of it at the end.
        _desk.OnExecution(profit, Execution(profit.Id, Side.Sell, 0.5m, 110m));
        Assert.Equal(1.5m, _desk.Find(loss.Id)!.Offered);
        var outcomes = _desk.OnExecution(_desk.Find(profit.Id)!, Execution(profit.Id, Side.Sell, 1.5m, 110m));
        Assert.Equal((OrderStatus.Filled, 0m), (outcomes[0].Status, _desk.Ledger.PositionOf(Make.Symbol).Quantity));
        Assert.NotEmpty(_desk.Find(loss.Id)!.Ending);
        Assert.DoesNotContain(outcomes, static outcome => outcome.Status == OrderStatus.Cancelled);
    }

    [Fact]
    public void A_halt_asks_for_the_end_of_what_adds_risk()
    {
        var order = Accepted(Limit(2m, 90m));
        Assert.Equal(OrderStatus.PendingCancel, Assert.Single(_desk.SetTradingState(AITrader.Trading.Risk.TradingState.Halted)).Status);
        Assert.NotNull(_desk.Find(order.Id));
    }

    [Fact]
    public void Replays_are_simulated_as_ever()
    {
        var desk = new TradingDesk(Make.Settings(), new AccountLedger(1_000_000m))
        {
            IsReconciled = true,
            IsAgreed = false,
            Broker = Kite,
        };
        desk.OnTick(Make.Quote(1, 1, 99m, 100m) with { Run = "replay" });
        desk.Submit(Make.Market(1, Side.Buy, 1m, 1) with { Run = "replay" }, false);
        var outcomes = desk.OnTick(Make.Quote(2, 2, 99m, 100m) with { Run = "replay" });
        Assert.Equal(OrderStatus.Filled, outcomes[^1].Status);
    }

    private static OrderRequest Market(decimal quantity, TimeInForce force = TimeInForce.Day) =>
        Make.Market(1, Side.Buy, quantity, 1, force) with
        {
            Run = string.Empty,
        };

    private static OrderRequest Limit(decimal quantity, decimal price) =>
        Market(quantity) with
        {
            Type = OrderType.Limit,
            LimitPrice = price,
        };

    private Order Accepted(OrderRequest request)
    {
        var order = _desk.Submit(request, false).Order;
        return Assert.Single(_desk.OnBroker(order, OrderStep.Accept, string.Empty, Make.At(2))).Order;
    }

    private void Fill(Guid order, decimal quantity, decimal price) =>
        Assert.Single(_desk.OnExecution(_desk.Find(order)!, Execution(order, Side.Buy, quantity, price)));

    private IReadOnlyList<TradingOutcome> Quote(long seq) => _desk.OnTick(Make.Quote(seq, seq, 99m, 100m) with { Run = string.Empty });

    private Fill Execution(Guid order, Side side, decimal quantity, decimal price) =>
        new()
        {
            ExecId = Make.Id(1000 + ++_execution),
            OrderId = order,
            Symbol = Make.Symbol,
            Side = side,
            Quantity = quantity,
            Price = price,
            Fee = 0m,
            IsTaker = true,
            Timestamp = Make.At(5),
            Seq = _desk.Seq,
        };
}
