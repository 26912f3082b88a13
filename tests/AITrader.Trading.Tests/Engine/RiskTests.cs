using AITrader.Domain.Orders;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Engine;

public sealed class RiskTests
{
    [Fact]
    public void Takes_an_order_that_nothing_speaks_against()
    {
        var outcome = Quoted().Submit(Make.Market(1, Side.Buy, 1m), false);
        Assert.Equal((OrderStatus.Submitted, ""), (outcome.Status, outcome.Reason));
    }

    [Theory]
    [InlineData("0", "QUANTITY_NOT_POSITIVE qty=0")]
    [InlineData("-1", "QUANTITY_NOT_POSITIVE qty=-1")]
    [InlineData("0.0015", "QUANTITY_NOT_LOT qty=0.0015 lot=0.001")]
    public void Denies_a_quantity_that_cannot_be(string quantity, string reason) =>
        AssertDenied(reason, Quoted().Submit(Make.Market(1, Side.Buy, decimal.Parse(quantity)), false));

    [Theory]
    [InlineData("0", "PRICE_INVALID type=LIMIT price=0")]
    [InlineData("-5", "PRICE_INVALID type=LIMIT price=-5")]
    [InlineData("100.05", "PRICE_NOT_TICK price=100.05 tick=0.1")]
    public void Denies_a_price_that_cannot_be(string price, string reason) =>
        AssertDenied(reason, Quoted().Submit(Make.Limit(1, Side.Buy, 1m, decimal.Parse(price)), false));

    [Fact]
    public void Denies_a_limit_order_without_a_price_and_a_market_order_with_one()
    {
        AssertDenied(
            "PRICE_INVALID type=LIMIT price=none",
            Quoted().Submit(Make.Limit(1, Side.Buy, 1m, 1m) with { LimitPrice = null }, false)
        );
        AssertDenied(
            "PRICE_INVALID type=MARKET price=100",
            Quoted().Submit(Make.Market(1, Side.Buy, 1m) with { LimitPrice = 100m }, false)
        );
    }

    [Fact]
    public void Denies_an_unknown_instrument() =>
        AssertDenied("UNKNOWN_INSTRUMENT symbol=NONE", Quoted().Submit(Make.Market(1, Side.Buy, 1m) with { Symbol = "NONE" }, false));

    [Fact]
    public void Denies_a_client_order_id_that_is_taken() =>
        AssertDenied($"DUPLICATE_CLIENT_ORDER_ID client_order_id={Make.Id(1)}", Quoted().Submit(Make.Market(1, Side.Buy, 1m), true));

    [Fact]
    public void Denies_while_the_books_are_not_reconciled()
    {
        var desk = Quoted();
        desk.IsReconciled = false;
        AssertDenied("NOT_RECONCILED", desk.Submit(Make.Market(1, Side.Buy, 1m), false));
    }

    [Fact]
    public void Denies_an_order_of_another_run() =>
        AssertDenied(
            "RUN_NOT_CURRENT run=run-0 current=run-1",
            Quoted().Submit(Make.Market(1, Side.Buy, 1m) with { Run = "run-0" }, false)
        );

    [Fact]
    public void Denies_without_a_price_of_the_side_it_would_take()
    {
        var desk = Make.Desk();
        AssertDenied("NO_PRICE symbol=BTCUSDT side=BUY", desk.Submit(Make.Market(1, Side.Buy, 1m), false));
        desk.OnTick(Make.Quote(1, 0, 99m, 100m) with { Ask = null });
        AssertDenied("NO_PRICE symbol=BTCUSDT side=BUY", desk.Submit(Make.Market(2, Side.Buy, 1m), false));
        Assert.Equal(OrderStatus.Submitted, desk.Submit(Make.Market(3, Side.Sell, 1m), false).Status);
    }

    [Theory]
    [InlineData(5.0, true)]
    [InlineData(5.000001, false)]
    public void Denies_a_stale_price_in_event_time(double at, bool isTaken)
    {
        var outcome = Quoted().Submit(Make.Market(1, Side.Buy, 1m, at), false);
        Assert.Equal(isTaken, outcome.Status == OrderStatus.Submitted);
        if (!isTaken)
        {
            Assert.Equal("STALE_PRICE age=5000.001ms max=5000ms quoted_at=2024-08-08T12:00:00.000000Z", outcome.Reason);
        }
    }

    [Fact]
    public void A_trade_does_not_make_a_quote_fresh()
    {
        var desk = Quoted();
        desk.OnTick(Make.Trade(2, 6, 100m, 1m));
        Assert.StartsWith("STALE_PRICE", desk.Submit(Make.Market(1, Side.Buy, 1m, 6), false).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_working_orders_against_free_cash()
    {
        // 100 x 1.005 (market buffer) x 1.0004 (fee) = 100.5402 a piece.
        var desk = Quoted(cash: 250m);
        Assert.Equal(OrderStatus.Submitted, desk.Submit(Make.Market(1, Side.Buy, 1m), false).Status);
        Assert.Equal(OrderStatus.Submitted, desk.Submit(Make.Market(2, Side.Buy, 1m), false).Status);
        AssertDenied("INSUFFICIENT_CASH required=100.5402 free=48.9196", desk.Submit(Make.Market(3, Side.Buy, 1m), false));
        desk.Cancel(Make.Id(1), "asked");
        Assert.Equal(OrderStatus.Submitted, desk.Submit(Make.Market(4, Side.Buy, 1m), false).Status);
    }

    [Fact]
    public void A_short_sale_needs_cash_like_a_purchase()
    {
        var desk = Quoted(cash: 150m);
        Assert.Equal(OrderStatus.Submitted, desk.Submit(Make.Limit(1, Side.Sell, 1m, 99m), false).Status);
        Assert.StartsWith("INSUFFICIENT_CASH", desk.Submit(Make.Limit(2, Side.Sell, 1m, 99m), false).Reason, StringComparison.Ordinal);
        desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        Assert.Equal(-1m, desk.Ledger.PositionOf(Make.Symbol).Quantity);
        Assert.StartsWith("INSUFFICIENT_CASH", desk.Submit(Make.Limit(3, Side.Sell, 1m, 99m, 1), false).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Denies_an_order_above_the_notional_limit() =>
        AssertDenied(
            "ORDER_TOO_LARGE notional=201 max=200",
            Quoted(limits: RiskLimits.Default with { MaxOrderNotional = 200m }).Submit(Make.Market(1, Side.Buy, 2m), false)
        );

    [Theory]
    [InlineData(TradingState.Halted, "TRADING_HALTED position=2 adds=1")]
    [InlineData(TradingState.Reducing, "TRADING_REDUCING position=2 adds=1")]
    public void Only_what_reduces_risk_passes_when_trading_is_not_active(TradingState state, string reason)
    {
        var desk = Holding(2m);
        desk.SetTradingState(state);
        AssertDenied(reason, desk.Submit(Make.Market(2, Side.Sell, 3m, 1), false));
        AssertDenied(reason.Replace("adds=1", "adds=0.5"), desk.Submit(Make.Market(3, Side.Buy, 0.5m, 1), false));
        Assert.Equal(OrderStatus.Submitted, desk.Submit(Make.Market(4, Side.Sell, 1.5m, 1), false).Status);
        AssertDenied(reason.Replace("adds=1", "adds=0.5"), desk.Submit(Make.Market(5, Side.Sell, 1m, 1), false));
    }

    [Fact]
    public void No_limit_blocks_an_order_that_reduces_risk()
    {
        var desk = Holding(2m, cash: 201m, RiskLimits.Default with { MaxOrderNotional = 250m });
        Assert.StartsWith("INSUFFICIENT_CASH", desk.Submit(Make.Market(2, Side.Buy, 1m, 1), false).Reason, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Submitted, desk.Submit(Make.Market(3, Side.Sell, 2m, 1), false).Status);
    }

    [Fact]
    public void Sanity_is_no_limit_and_holds_for_reducing_orders_too()
    {
        var desk = Holding(2m);
        Assert.StartsWith("STALE_PRICE", desk.Submit(Make.Market(2, Side.Sell, 1m, 60), false).Reason, StringComparison.Ordinal);
        Assert.StartsWith("QUANTITY_NOT_LOT", desk.Submit(Make.Market(3, Side.Sell, 0.0001m, 1), false).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_halt_cancels_working_orders_but_keeps_those_that_reduce_risk()
    {
        var desk = Holding(2m);
        desk.Submit(Make.Limit(2, Side.Buy, 1m, 90m, 1), false);
        desk.Submit(Make.Limit(3, Side.Sell, 1m, 150m, 1), false);

        var outcome = Assert.Single(desk.SetTradingState(TradingState.Halted));
        Assert.Equal((Make.Id(2), OrderStatus.Cancelled, "TRADING_HALTED"), (outcome.Order.Id, outcome.Status, outcome.Reason));
        Assert.Equal(Make.Id(3), Assert.Single(desk.Working).Id);
        Assert.Empty(desk.SetTradingState(TradingState.Halted));
    }

    private static TradingDesk Quoted(decimal cash = 1_000_000m, RiskLimits? limits = null)
    {
        var desk = Make.Desk(cash, limits);
        desk.OnTick(Make.Quote(1, 0, 99m, 100m));
        return desk;
    }

    private static TradingDesk Holding(decimal quantity, decimal cash = 1_000_000m, RiskLimits? limits = null)
    {
        var desk = Quoted(cash, limits);
        desk.Submit(Make.Limit(1, Side.Buy, quantity, 100m), false);
        desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        Assert.Equal(quantity, desk.Ledger.PositionOf(Make.Symbol).Quantity);
        return desk;
    }

    private static void AssertDenied(string reason, TradingOutcome outcome)
    {
        Assert.Equal(reason, outcome.Reason);
        Assert.Equal((OrderStatus.Denied, reason), (outcome.Status, outcome.Order.Reason));
    }
}
