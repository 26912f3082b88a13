using AITrader.Domain.Orders;
using AITrader.Trading.Engine;

namespace AITrader.Trading.Tests.Engine;

public sealed class FillTests
{
    private readonly TradingDesk _desk = Make.Desk();

    public FillTests() => _desk.OnTick(Make.Quote(1, 0, 99m, 100m));

    [Fact]
    public void A_market_order_takes_the_first_quote_after_its_latency()
    {
        Submit(Make.Market(1, Side.Buy, 1m));
        Assert.Empty(_desk.OnTick(Make.Quote(2, 0.049999, 99m, 101m)));

        var outcomes = _desk.OnTick(Make.Quote(3, 0.05, 101m, 102m));
        Assert.Equal([OrderStatus.Accepted, OrderStatus.Filled], outcomes.Select(static outcome => outcome.Status));
        var execution = outcomes[1].Fill!;
        Assert.Equal((1m, 102m, true, 0.0408m, 3L), (execution.Quantity, execution.Price, execution.IsTaker, execution.Fee, execution.Seq));
        Assert.Equal(Make.At(0.05), execution.Timestamp);
    }

    [Fact]
    public void A_trade_without_a_quote_fills_no_market_order()
    {
        Submit(Make.Market(1, Side.Buy, 1m));
        Assert.Empty(_desk.OnTick(Make.Trade(2, 1, 100m, 5m)));
        Assert.Equal(OrderStatus.Submitted, Assert.Single(_desk.Working).State.Status);
    }

    [Fact]
    public void Takes_no_more_than_is_shown_and_goes_on_with_what_is_shown_anew()
    {
        Submit(Make.Market(1, Side.Sell, 5m));
        Assert.Equal([2m], Filled(Make.Quote(2, 1, 99m, 100m, 2m)));
        Assert.Equal([], Filled(Make.Quote(3, 2, 99m, 100m, 2m)));
        Assert.Equal([1m], Filled(Make.Quote(4, 3, 99m, 100m, 1m)));
        Assert.Equal([2m], Filled(Make.Quote(5, 4, 98m, 100m, 9m)));
        Assert.Empty(_desk.Working);
        Assert.Equal(-5m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void Earlier_orders_take_first_and_later_ones_get_what_is_left()
    {
        Submit(Make.Market(2, Side.Buy, 2m, 0.01));
        Submit(Make.Market(1, Side.Buy, 2m, 0.02));
        Submit(Make.Market(3, Side.Buy, 2m, 0.01));

        var fills = _desk.OnTick(Make.Quote(2, 1, 99m, 100m, 5m)).Where(static outcome => outcome.Fill is not null).ToList();
        Assert.Equal(
            [(Make.Id(2), 2m), (Make.Id(3), 2m), (Make.Id(1), 1m)],
            fills.Select(static fill => (fill.Order.Id, fill.Fill!.Quantity))
        );
    }

    [Fact]
    public void An_unknown_size_caps_nothing()
    {
        Submit(Make.Market(1, Side.Buy, 500m));
        Assert.Equal([500m], Filled(Make.Quote(2, 1, 99m, 100m, null)));
    }

    [Fact]
    public void A_marketable_limit_order_gets_the_price_that_is_shown()
    {
        Submit(Make.Limit(1, Side.Buy, 1m, 105m));
        var fill = _desk.OnTick(Make.Quote(2, 1, 99m, 100m))[^1].Fill!;
        Assert.Equal((100m, true), (fill.Price, fill.IsTaker));
    }

    [Fact]
    public void A_resting_limit_order_is_met_at_its_own_price_by_a_quote_that_reaches_it()
    {
        Submit(Make.Limit(1, Side.Buy, 3m, 98m));
        Assert.Equal(OrderStatus.Accepted, Assert.Single(_desk.OnTick(Make.Quote(2, 1, 99m, 100m))).Status);
        Assert.Empty(_desk.OnTick(Make.Quote(3, 2, 97m, 98.1m)));
        var fill = _desk.OnTick(Make.Quote(4, 3, 96m, 97m, 2m))[^1];
        Assert.Equal(
            (OrderStatus.PartiallyFilled, 2m, 98m, "maker"),
            (fill.Status, fill.Fill!.Quantity, fill.Fill.Price, fill.Fill.Liquidity)
        );
    }

    [Theory]
    [InlineData(Side.Buy, 98.0, false)]
    [InlineData(Side.Buy, 97.9, true)]
    [InlineData(Side.Sell, 102.0, false)]
    [InlineData(Side.Sell, 102.1, true)]
    public void A_resting_limit_order_is_filled_by_a_trade_beyond_it_not_by_one_at_it(Side side, double trade, bool fills)
    {
        Submit(Make.Limit(1, side, 3m, side == Side.Buy ? 98m : 102m));
        _desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        var filled = Filled(Make.Trade(3, 2, (decimal)trade, 1m));
        Assert.Equal(fills ? [1m] : [], filled);
    }

    [Fact]
    public void Two_resting_orders_share_the_quantity_of_one_trade()
    {
        Submit(Make.Limit(1, Side.Buy, 1m, 98m));
        Submit(Make.Limit(2, Side.Buy, 1m, 98.5m, 0.001));
        _desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        Assert.Equal([1m, 0.5m], Filled(Make.Trade(3, 2, 97m, 1.5m)));
    }

    [Fact]
    public void A_limit_order_that_has_not_arrived_is_not_filled_by_a_trade()
    {
        Submit(Make.Limit(1, Side.Buy, 1m, 98m));
        Assert.Empty(_desk.OnTick(Make.Trade(2, 1, 90m, 5m)));
    }

    [Fact]
    public void An_immediate_order_takes_what_is_there_and_goes()
    {
        Submit(Make.Market(1, Side.Buy, 3m, force: TimeInForce.Ioc));
        var outcomes = _desk.OnTick(Make.Quote(2, 1, 99m, 100m, 2m));
        Assert.Equal(
            [OrderStatus.Accepted, OrderStatus.PartiallyFilled, OrderStatus.Cancelled],
            outcomes.Select(static outcome => outcome.Status)
        );
        Assert.Equal("IOC_REMAINDER", outcomes[^1].Reason);
        Assert.Empty(_desk.Working);
    }

    [Theory]
    [InlineData(2.0, false)]
    [InlineData(3.0, true)]
    public void A_fill_or_kill_order_is_filled_whole_or_not_at_all(double shown, bool fills)
    {
        Submit(Make.Limit(1, Side.Buy, 3m, 100m, force: TimeInForce.Fok));
        var outcomes = _desk.OnTick(Make.Quote(2, 1, 99m, 100m, (decimal)shown));
        Assert.Equal(
            [OrderStatus.Accepted, fills ? OrderStatus.Filled : OrderStatus.Cancelled],
            outcomes.Select(static outcome => outcome.Status)
        );
        Assert.Equal(fills ? 3m : 0m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void A_day_order_ends_with_the_utc_day_and_one_till_cancelled_does_not()
    {
        Submit(Make.Limit(1, Side.Buy, 1m, 90m, force: TimeInForce.Day));
        Submit(Make.Limit(2, Side.Buy, 1m, 90m));
        _desk.OnTick(Make.Quote(2, 1, 99m, 100m));

        const double midnight = 12 * 3600;
        Assert.Empty(_desk.OnTick(Make.Quote(3, midnight - 0.000001, 99m, 100m)));
        var outcome = Assert.Single(_desk.OnTick(Make.Quote(4, midnight, 80m, 81m)), static outcome => outcome.Order.Id == Make.Id(1));
        Assert.Equal((OrderStatus.Expired, "DAY_ENDED"), (outcome.Status, outcome.Reason));
    }

    [Fact]
    public void Orders_of_a_run_end_when_another_begins()
    {
        Submit(Make.Limit(1, Side.Buy, 1m, 90m));
        _desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        Submit(Make.Limit(2, Side.Buy, 1m, 90m, 1));

        var outcomes = _desk.OnTick(Make.Quote(1, -1000, 99m, 100m, run: "run-2"));
        Assert.Equal(
            [(Make.Id(1), OrderStatus.Expired, "RUN_ENDED"), (Make.Id(2), OrderStatus.Cancelled, "RUN_ENDED")],
            outcomes.Select(static outcome => (outcome.Order.Id, outcome.Status, outcome.Reason))
        );
    }

    [Fact]
    public void A_tick_older_than_what_is_known_neither_quotes_nor_fills()
    {
        _desk.OnTick(Make.Quote(2, 10, 99m, 100m));
        Submit(Make.Market(1, Side.Buy, 1m, 0));
        Assert.Empty(_desk.OnTick(Make.Quote(3, 9, 50m, 51m)));
        Assert.Equal(100m, _desk.Markets[Make.Symbol].Ask.Price);
    }

    [Fact]
    public void The_tick_that_caused_an_order_does_not_fill_it_when_it_comes_again()
    {
        Submit(Make.Market(1, Side.Buy, 1m, -10, seq: 1));
        Assert.Empty(_desk.OnTick(Make.Quote(1, 0, 99m, 100m)));
        Assert.NotEmpty(_desk.OnTick(Make.Quote(2, 0, 99m, 100m)));
    }

    [Fact]
    public void A_tick_of_another_instrument_fills_nothing()
    {
        Submit(Make.Market(1, Side.Buy, 1m));
        Assert.Empty(_desk.OnTick(Make.Quote(2, 1, 99m, 100m, symbol: "ETH")));
    }

    private void Submit(OrderRequest request) => Assert.Equal(OrderStatus.Submitted, _desk.Submit(request, false).Status);

    private decimal[] Filled(AITrader.Domain.Ticks.Tick tick) =>
        [.. _desk.OnTick(tick).Where(static outcome => outcome.Fill is not null).Select(static outcome => outcome.Fill!.Quantity)];
}
