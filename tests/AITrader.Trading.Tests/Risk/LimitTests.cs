using AITrader.Domain.Orders;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Risk;

/// <summary>Each limit denies at one beyond its bound, takes at the bound, and says why.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(LimitKind.MinQuantity, "1.001", "1", "QUANTITY_TOO_SMALL qty=1 min=1.001")]
    [InlineData(LimitKind.MaxQuantity, "0.999", "1", "QUANTITY_TOO_LARGE adds=1 max=0.999")]
    [InlineData(LimitKind.OrdersPerSecond, "0", "1", "ORDER_RATE count=1 max=0 within=1000ms")]
    [InlineData(LimitKind.OrdersPerMinute, "0", "1", "ORDER_RATE count=1 max=0 within=60000ms")]
    [InlineData(LimitKind.WorkingOrders, "0", "1", "WORKING_ORDERS count=1 max=0")]
    [InlineData(LimitKind.Position, "0.9", "1", "POSITION_LIMIT qty=1 max=0.9")]
    [InlineData(LimitKind.PositionNotional, "99", "99.5", "POSITION_LIMIT notional=99.5 max=99")]
    [InlineData(LimitKind.GrossExposure, "99", "99.5", "GROSS_EXPOSURE notional=99.5 max=99")]
    [InlineData(LimitKind.NetExposure, "99", "99.5", "NET_EXPOSURE notional=99.5 max=99")]
    [InlineData(LimitKind.SymbolShare, "0.00009", "0.0000995", "SYMBOL_CONCENTRATION of=BTCUSDT notional=99.5 equity=1000000 max=0.00009")]
    [InlineData(LimitKind.SectorShare, "0.00009", "0.0000995", "SECTOR_CONCENTRATION of=coins notional=99.5 equity=1000000 max=0.00009")]
    public void Denies_beyond_the_bound_and_takes_at_it(LimitKind kind, string tooTight, string bound, string reason)
    {
        var order = Make.Market(1, Side.Buy, 1m);
        Assert.Equal(reason, Quoted(With(kind, decimal.Parse(tooTight))).Submit(order, false).Reason);
        Assert.Equal("", Quoted(With(kind, decimal.Parse(bound))).Submit(order, false).Reason);
    }

    [Theory]
    [InlineData(Side.Buy, "100.5", "PRICE_COLLAR price=100.5 reference=99.5 bps=100.5 max=100")]
    [InlineData(Side.Buy, "100.4", "")]
    [InlineData(Side.Buy, "50", "")]
    [InlineData(Side.Sell, "98.5", "PRICE_COLLAR price=98.5 reference=99.5 bps=100.5 max=100")]
    [InlineData(Side.Sell, "150", "")]
    public void The_collar_is_on_the_costly_side(Side side, string price, string reason) =>
        Assert.Equal(reason, Quoted(With(LimitKind.CollarBps, 100m)).Submit(Make.Limit(1, side, 1m, decimal.Parse(price)), false).Reason);

    [Fact]
    public void The_rate_counts_in_event_time_and_only_what_was_sent()
    {
        var desk = Quoted(With(LimitKind.OrdersPerSecond, 2m));
        Assert.Equal("", desk.Submit(Make.Market(1, Side.Buy, 1m, 0), false).Reason);
        Assert.Equal("", desk.Submit(Make.Market(2, Side.Buy, 1m, 0.5), false).Reason);
        Assert.Equal("ORDER_RATE count=3 max=2 within=1000ms", desk.Submit(Make.Market(3, Side.Buy, 1m, 0.75), false).Reason);
        Assert.Equal("", desk.Submit(Make.Market(4, Side.Buy, 1m, 1), false).Reason);
        Assert.StartsWith("ORDER_RATE", desk.Submit(Make.Market(5, Side.Buy, 1m, 1.25), false).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_have_a_rate_of_their_own()
    {
        var activity = new OrderActivity();
        var limits = With(LimitKind.ModifiesPerSecond, 1m);
        Assert.Null(RateChecks.Modify(activity, limits, Make.At(0)));
        activity.Modified(Make.At(0));
        Assert.Equal("MODIFY_RATE count=2 max=1 within=1000ms", RateChecks.Modify(activity, limits, Make.At(0.5))!.ToString());
        Assert.Null(RateChecks.Modify(activity, limits, Make.At(1)));
    }

    [Fact]
    public void The_ratio_of_orders_to_trades_counts_cancels_and_from_the_hundredth_on()
    {
        var desk = Quoted(With(LimitKind.OrdersPerTrade, 50m));
        for (var i = 1; i < 50; i++)
        {
            Assert.Equal("", desk.Submit(Make.Limit(i, Side.Buy, 1m, 90m), false).Reason);
            desk.Cancel(Make.Id(i), "asked");
        }

        Assert.Equal("", desk.Submit(Make.Market(50, Side.Buy, 1m), false).Reason);
        Assert.Equal("ORDER_TO_TRADE orders=100 trades=0 max=50", desk.Submit(Make.Market(51, Side.Buy, 1m), false).Reason);
        desk.OnTick(Make.Quote(2, 1, 99m, 100m, 0.5m));
        desk.OnTick(Make.Quote(3, 2, 99m, 100m, 0.6m));
        Assert.Equal("", desk.Submit(Make.Market(52, Side.Buy, 1m, 2), false).Reason);
        Assert.Equal("ORDER_TO_TRADE orders=101 trades=2 max=50", desk.Submit(Make.Market(53, Side.Buy, 1m, 2), false).Reason);
    }

    [Fact]
    public void An_order_whose_fate_is_unknown_counts_as_executed()
    {
        var desk = Quoted(With(LimitKind.Position, 2m));
        desk.Restore(Order.From(Make.Limit(1, Side.Buy, 2m, 99m)).Apply(OrderStep.Submit).Apply(OrderStep.TimeOut));
        Assert.Equal(OrderStatus.Unknown, Assert.Single(desk.Working).State.Status);
        Assert.Equal("POSITION_LIMIT qty=3 max=2", desk.Submit(Make.Market(2, Side.Buy, 1m), false).Reason);
        Assert.Equal("", desk.Submit(Make.Market(3, Side.Sell, 2m), false).Reason);
    }

    [Fact]
    public void Exposure_takes_the_worse_side_of_each_symbol_and_nets_across_symbols()
    {
        var desk = Quoted(With(LimitKind.GrossExposure, 250m).Bounded(LimitKind.NetExposure, 150m));
        desk.OnTick(Make.Quote(2, 0, 49m, 51m, symbol: "ETHUSDT"));
        Assert.Equal("", desk.Submit(Make.Market(1, Side.Buy, 1m), false).Reason);
        Assert.Equal("NET_EXPOSURE notional=199 max=150", desk.Submit(Make.Market(2, Side.Buy, 1m), false).Reason);
        Assert.Equal("", desk.Submit(Make.Market(3, Side.Sell, 2m) with { Symbol = "ETHUSDT" }, false).Reason);
        Assert.Equal(
            "GROSS_EXPOSURE notional=299.5 max=250",
            desk.Submit(Make.Market(4, Side.Sell, 2m) with { Symbol = "ETHUSDT" }, false).Reason
        );
        Assert.Equal("NET_EXPOSURE notional=199.5 max=150", desk.Submit(Make.Market(5, Side.Sell, 1m), false).Reason);
        Assert.Equal("", desk.Submit(Make.Market(6, Side.Sell, 0.5m), false).Reason);
    }

    [Fact]
    public void A_position_without_a_price_denies_what_is_measured_by_it()
    {
        var desk = Quoted(With(LimitKind.GrossExposure, 1_000_000m));
        desk.Restore(Order.From(Make.Limit(1, Side.Buy, 2m, 99m) with { Symbol = "ETHUSDT" }).Apply(OrderStep.Submit));
        Assert.Equal("NO_REFERENCE_PRICE symbol=ETHUSDT", desk.Submit(Make.Market(2, Side.Buy, 1m), false).Reason);
    }

    [Fact]
    public void No_equity_left_means_that_nothing_may_be_added()
    {
        var context = new AccountExposure(new Dictionary<string, SymbolExposure>(StringComparer.Ordinal), -1m);
        var denial = RiskChecks.Check(Contexts.Adding(With(LimitKind.SymbolShare, 10m)) with { Account = () => context });
        Assert.Equal(DenialCodes.SymbolConcentration, denial?.Code);
    }

    [Fact]
    public void Own_orders_are_never_traded_with()
    {
        var desk = Quoted(With(LimitKind.SelfTrades, 0m));
        desk.Submit(Make.Limit(1, Side.Sell, 1m, 100.2m), false);
        desk.Submit(Make.Limit(2, Side.Buy, 1m, 90m), false);
        Assert.Equal($"SELF_TRADE order={Make.Id(1)} price=100.2", desk.Submit(Make.Market(3, Side.Buy, 1m), false).Reason);
        Assert.Equal($"SELF_TRADE order={Make.Id(1)} price=100.2", desk.Submit(Make.Limit(4, Side.Buy, 1m, 100.2m), false).Reason);
        Assert.Equal("", desk.Submit(Make.Limit(5, Side.Buy, 1m, 90m), false).Reason);
        Assert.Equal("", desk.Submit(Make.Market(6, Side.Sell, 1m), false).Reason);
        Assert.Equal($"SELF_TRADE order={Make.Id(2)} price=90", desk.Submit(Make.Limit(7, Side.Sell, 1m, 90m), false).Reason);
    }

    private static RiskLimits With(LimitKind kind, decimal value) =>
        (RiskLimits.Default with { MaxOrderNotional = decimal.MaxValue }).Bounded(kind, value);

    private static TradingDesk Quoted(RiskLimits limits)
    {
        var desk = new TradingDesk(
            Make.Settings(limits) with
            {
                Instruments = static symbol => Make.Terms with { Symbol = symbol, Sector = "coins" },
            },
            new(1_000_000m)
        )
        {
            IsReconciled = true,
        };
        desk.OnTick(Make.Quote(1, 0, 99m, 100m));
        return desk;
    }
}
