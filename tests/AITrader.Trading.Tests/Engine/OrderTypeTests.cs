using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Engine;

namespace AITrader.Trading.Tests.Engine;

public sealed class OrderTypeTests
{
    private readonly TradingDesk _desk = Make.Desk();

    public OrderTypeTests() => _desk.OnTick(Make.Quote(1, 0, 99m, 100m));

    [Fact]
    public void A_stop_waits_for_a_trade_at_its_trigger_and_then_takes_the_market()
    {
        Submit(OrderType.Stop, Side.Buy, 1m, new() { TriggerPrice = 101m });
        var held = Assert.Single(_desk.OnTick(Make.Quote(2, 1, 101m, 102m)));
        Assert.Equal((OrderStatus.Accepted, "HELD_LOCALLY"), (held.Status, held.Reason));
        Assert.Empty(_desk.OnTick(Make.Trade(3, 2, 100.9m, 1m)));
        Assert.Equal(OrderStatus.Triggered, Assert.Single(_desk.OnTick(Make.Trade(4, 3, 101m, 1m))).Status);
        Assert.Empty(_desk.OnTick(Make.Quote(5, 3.04, 103m, 104m)));
        Assert.Equal([(1m, 105m)], Fills(Make.Quote(6, 3.0625, 104m, 105m)));
    }

    [Fact]
    public void A_stop_that_is_gapped_over_fills_at_the_market_not_at_its_trigger()
    {
        Hold(2m);
        Submit(OrderType.Stop, Side.Sell, 2m, new() { TriggerPrice = 95m });
        _desk.OnTick(Make.Trade(10, 10, 80m, 1m));
        Assert.Equal([(2m, 79m)], Fills(Make.Quote(11, 11, 79m, 81m)));
    }

    [Fact]
    public void A_stop_limit_that_is_gapped_over_waits_at_its_limit()
    {
        Submit(OrderType.StopLimit, Side.Sell, 1m, new() { TriggerPrice = 95m }, limit: 94m);
        _desk.OnTick(Make.Trade(2, 1, 90m, 1m));
        Assert.Empty(Fills(Make.Quote(3, 2, 89m, 90m)));
        Assert.Equal([(1m, 94m)], Fills(Make.Quote(4, 3, 94m, 95m)));
    }

    [Theory]
    [InlineData(Side.Buy, "98", "98.1", "98")]
    [InlineData(Side.Sell, "102", "101.9", "102")]
    public void A_market_if_touched_order_waits_for_a_better_price(Side side, string trigger, string before, string at)
    {
        Submit(OrderType.MarketIfTouched, side, 1m, new() { TriggerPrice = decimal.Parse(trigger) });
        _desk.OnTick(Make.Trade(2, 1, decimal.Parse(before), 1m));
        Assert.Equal(OrderStatus.Accepted, Assert.Single(_desk.Working).State.Status);
        Assert.Equal(OrderStatus.Triggered, Assert.Single(_desk.OnTick(Make.Trade(3, 2, decimal.Parse(at), 1m))).Status);
        Assert.Single(Fills(Make.Quote(4, 3, 99m, 100m)));
    }

    [Theory]
    [InlineData("2", null, "98", "98.1")]
    [InlineData(null, "200", "98", "98.1")]
    public void A_trailing_stop_follows_the_best_trade_and_never_goes_back(string? amount, string? bps, string trigger, string safe)
    {
        Hold(1m);
        Submit(OrderType.TrailingStop, Side.Sell, 1m, new() { TrailingAmount = Number(amount), TrailingBps = Number(bps) });
        _desk.OnTick(Make.Trade(10, 10, 90m, 1m));
        _desk.OnTick(Make.Trade(11, 11, 100m, 1m));
        _desk.OnTick(Make.Trade(12, 12, decimal.Parse(safe), 1m));
        Assert.Equal((100m, decimal.Parse(trigger)), (_desk.Working[0].Held!.Best, _desk.Working[0].Held!.Trigger));
        Assert.Equal(OrderStatus.Triggered, Assert.Single(_desk.OnTick(Make.Trade(13, 13, decimal.Parse(trigger), 1m))).Status);
    }

    [Fact]
    public void An_iceberg_shows_a_slice_at_a_time_and_sends_the_next_with_latency()
    {
        Submit(OrderType.Iceberg, Side.Buy, 5m, new() { DisplayQuantity = 2m }, limit: 98m);
        Assert.Equal(OrderStatus.Accepted, Assert.Single(_desk.OnTick(Make.Quote(2, 1, 97m, 99m))).Status);
        Assert.Equal([(2m, 98m)], Fills(Make.Trade(3, 2, 97m, 9m)));
        Assert.Empty(Fills(Make.Trade(4, 2.01, 97m, 9m)));
        Assert.Empty(Fills(Make.Quote(5, 3, 97m, 99m)));
        Assert.Equal([(2m, 98m)], Fills(Make.Trade(6, 4, 97m, 9m)));
        Assert.Empty(Fills(Make.Quote(7, 5, 97m, 99m)));
        Assert.Equal([(1m, 98m)], Fills(Make.Trade(8, 6, 97m, 9m)));
        Assert.Empty(_desk.Working);
    }

    [Fact]
    public void A_good_till_date_order_outlives_the_day_and_expires_at_its_time()
    {
        var till = Make.Start.AddDays(2);
        var order = Make.Limit(1, Side.Buy, 1m, 90m, force: TimeInForce.Gtd) with { Conditions = new() { GoodTill = till } };
        Assert.Equal(OrderStatus.Submitted, _desk.Submit(order, false).Status);
        Assert.Equal(OrderStatus.Accepted, Assert.Single(_desk.OnTick(Make.Quote(2, 86_400, 99m, 100m))).Status);
        Assert.Empty(_desk.OnTick(Make.Quote(3, (2 * 86_400) - 1, 99m, 100m)));
        var ended = Assert.Single(_desk.OnTick(Make.Quote(4, 2 * 86_400, 80m, 81m)));
        Assert.Equal((OrderStatus.Expired, "GOOD_TILL_REACHED"), (ended.Status, ended.Reason));
    }

    [Fact]
    public void A_post_only_order_is_refused_where_the_market_has_come_to_it_meanwhile()
    {
        var order = Make.Limit(1, Side.Buy, 1m, 99.5m) with { Conditions = new() { PostOnly = true } };
        _desk.Submit(order, false);
        var refused = Assert.Single(_desk.OnTick(Make.Quote(2, 1, 98m, 99m)));
        Assert.Equal((OrderStatus.Rejected, "POST_ONLY_WOULD_CROSS"), (refused.Status, refused.Reason));
        Assert.Equal(
            "POST_ONLY_WOULD_CROSS price=99.5 shown=99",
            _desk.Submit(order with { Id = Make.Id(2), ClientOrderId = Make.Id(2), EventTime = Make.At(1) }, false).Reason
        );
    }

    [Fact]
    public void A_reduce_only_order_takes_no_more_than_the_position_and_goes_with_it()
    {
        Hold(2m);
        _desk.Submit(Make.Market(1, Side.Sell, 5m, 5) with { Conditions = new() { ReduceOnly = true } }, false);
        Assert.Equal([(2m, 99m)], Fills(Make.Quote(10, 10, 99m, 100m)));
        var ended = Assert.Single(_desk.OnTick(Make.Quote(11, 11, 98m, 99m)));
        Assert.Equal((OrderStatus.Cancelled, "NOTHING_TO_REDUCE", 2m), (ended.Status, ended.Reason, ended.Order.Filled));
        Assert.Equal(
            "NOTHING_TO_REDUCE position=0 side=SELL",
            _desk.Submit(Make.Market(2, Side.Sell, 1m, 11) with { Conditions = new() { ReduceOnly = true } }, false).Reason
        );
    }

    [Fact]
    public void A_resting_reduce_only_order_shrinks_with_the_position()
    {
        Hold(2m);
        _desk.Submit(Make.Limit(1, Side.Sell, 2m, 105m, 5) with { Conditions = new() { ReduceOnly = true } }, false);
        _desk.OnTick(Make.Quote(10, 10, 99m, 100m));
        _desk.Submit(Make.Market(2, Side.Sell, 1.5m, 10), false);
        Assert.Equal([(1.5m, 99m)], Fills(Make.Quote(11, 11, 99m, 100m)));
        Assert.Equal([(0.5m, 105m)], Fills(Make.Quote(12, 12, 105m, 106m)));
        Assert.Equal("NOTHING_TO_REDUCE", Assert.Single(_desk.OnTick(Make.Quote(13, 13, 107m, 108m))).Reason);
        Assert.Equal(0m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void A_broker_that_has_it_gets_it_as_it_is_and_what_none_can_emulate_is_refused()
    {
        var stop = Order.From(Make.Conditional(1, OrderType.Stop, Side.Buy, 1m, new() { TriggerPrice = 101m }));
        Assert.Null(LocalEmulation.Take(stop, BrokerCapabilities.Stop).Held);
        Assert.True(LocalEmulation.Take(stop, BrokerCapabilities.None).Held!.Waits);
        Assert.Equal(
            "ORDER_KIND_NOT_OFFERED missing=Fok",
            LocalEmulation.Refusal(Make.Market(1, Side.Buy, 1m, force: TimeInForce.Fok), BrokerCapabilities.Gtc)!.ToString()
        );
        Assert.Null(LocalEmulation.Refusal(stop.Request, BrokerCapabilities.Gtc));
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Denies_conditions_that_do_not_fit(OrderRequest request, string reason) =>
        Assert.Equal(reason, _desk.Submit(request, false).Reason);

    public static TheoryData<OrderRequest, string> Misfits() =>
        new()
        {
            { Make.Conditional(1, OrderType.Stop, Side.Buy, 1m, new()), "TRIGGER_INVALID type=STOP trigger=none" },
            { Make.Conditional(1, OrderType.Stop, Side.Buy, 1m, new() { TriggerPrice = 1.05m }), "PRICE_NOT_TICK trigger=1.05 tick=0.1" },
            { Make.Conditional(1, OrderType.Market, Side.Buy, 1m, new() { TriggerPrice = 1m }), "TRIGGER_INVALID type=MARKET trigger=1" },
            {
                Make.Conditional(1, OrderType.TrailingStop, Side.Buy, 1m, new() { TrailingAmount = 1m, TrailingBps = 1m }),
                "TRIGGER_INVALID type=TRAILING_STOP trailing_amount=1 trailing_bps=1"
            },
            {
                Make.Conditional(1, OrderType.StopLimit, Side.Buy, 1m, new() { TriggerPrice = 1m }),
                "PRICE_INVALID type=STOP_LIMIT price=none"
            },
            {
                Make.Conditional(1, OrderType.Iceberg, Side.Buy, 1m, new() { DisplayQuantity = 2m }, 98m),
                "DISPLAY_INVALID type=ICEBERG display=2 qty=1 lot=0.001"
            },
            { Make.Market(1, Side.Buy, 1m, force: TimeInForce.Gtd), "GOOD_TILL_INVALID tif=GTD good_till=none" },
            { Make.Conditional(1, OrderType.Market, Side.Buy, 1m, new() { PostOnly = true }), "POST_ONLY_INVALID type=MARKET tif=GTC" },
            {
                Make.Conditional(1, OrderType.Market, Side.Buy, 1m, new() { ParentId = Make.Id(7) }),
                $"PARENT_NOT_WORKING parent={Make.Id(7)}"
            },
        };

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text);

    private void Hold(decimal quantity)
    {
        _desk.Submit(Make.Limit(900, Side.Buy, quantity, 100m), false);
        Assert.Equal([(quantity, 100m)], Fills(Make.Quote(2, 1, 99m, 100m)));
        _desk.OnTick(Make.Quote(3, 5, 99m, 100m));
    }

    private void Submit(OrderType type, Side side, decimal quantity, OrderConditions conditions, decimal? limit = null) =>
        Assert.Equal(
            (OrderStatus.Submitted, ""),
            _desk.Submit(Make.Conditional(1, type, side, quantity, conditions, limit) with { EventTime = _desk.Now }, false) is var outcome
                ? (outcome.Status, outcome.Reason)
                : default
        );

    private List<(decimal, decimal)> Fills(Tick tick) =>
        [
            .. _desk
                .OnTick(tick)
                .Where(static outcome => outcome.Fill is not null)
                .Select(static outcome => (outcome.Fill!.Quantity, outcome.Fill.Price)),
        ];
}
