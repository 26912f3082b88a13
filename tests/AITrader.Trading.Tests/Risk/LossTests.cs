using AITrader.Domain.Orders;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Risk;

/// <summary>What halts between executions and after them, and what is switched off.</summary>
public sealed class LossTests
{
    [Fact]
    public void An_open_loss_halts_at_the_tick_that_reaches_it_without_any_execution()
    {
        // Bought 10 at 100 with a fee of 0.4; the mark is the mid.
        var desk = Holding(LimitKind.DailyLoss, 50m);
        desk.Submit(Make.Limit(2, Side.Buy, 1m, 90m, 1), false);
        Assert.Equal(OrderStatus.Accepted, Assert.Single(desk.OnTick(Make.Quote(3, 2, 95m, 96.1m))).Status);
        Assert.Equal(TradingState.Active, desk.TradingState);

        var outcomes = desk.OnTick(Make.Quote(4, 3, 94m, 96m));
        Assert.Equal(TradingState.Halted, desk.TradingState);
        Assert.Equal("DAILY_LOSS loss=50.4 max=50", desk.HaltReason!.ToString());
        Assert.Equal((Make.Id(2), "TRADING_HALTED"), (outcomes[^1].Order.Id, outcomes[^1].Reason));
        Assert.Equal("", desk.Submit(Make.Market(3, Side.Sell, 10m, 3), false).Reason);
    }

    [Fact]
    public void The_loss_of_a_day_blocks_until_the_day_ends_even_when_trading_is_switched_on_again()
    {
        var desk = Holding(LimitKind.DailyLoss, 50m);
        desk.OnTick(Make.Quote(3, 2, 90m, 92m));
        desk.SetTradingState(TradingState.Active);
        Assert.Equal("DAILY_LOSS loss=90.4 max=50", desk.Submit(Make.Market(2, Side.Buy, 1m, 2), false).Reason);
        desk.OnTick(Make.Quote(4, 86_400, 90m, 92m));
        Assert.Equal("", desk.Submit(Make.Market(3, Side.Buy, 1m, 86_400), false).Reason);
    }

    [Fact]
    public void A_realised_loss_counts_fees_and_not_what_is_open()
    {
        var desk = Holding(LimitKind.RealisedLoss, 19.7m);
        desk.OnTick(Make.Quote(3, 2, 50m, 52m));
        Assert.Equal(TradingState.Active, desk.TradingState);
        desk.OnTick(Make.Quote(4, 3, 99m, 100m));
        desk.Submit(Make.Limit(2, Side.Sell, 10m, 98.1m, 3), false);
        desk.OnTick(Make.Quote(5, 4, 98.1m, 99m));
        Assert.Equal("REALISED_LOSS loss=19.7924 max=19.7", desk.HaltReason?.ToString());
    }

    [Fact]
    public void A_drawdown_is_measured_from_the_peak_and_stays_until_it_is_taken_back()
    {
        var desk = Holding(LimitKind.Drawdown, 0.1m, cash: 2_000m);
        desk.OnTick(Make.Quote(3, 2, 199m, 201m));
        Assert.Equal(2_999.6m, desk.LossBase!.Peak);
        desk.OnTick(Make.Quote(4, 3, 170m, 170.2m));
        Assert.Null(desk.HaltReason);
        desk.OnTick(Make.Quote(5, 4, 169m, 171m));
        Assert.Equal("DRAWDOWN equity=2699.6 peak=2999.6 max=0.1", desk.HaltReason?.ToString());

        desk.OnTick(Make.Quote(6, 86_400, 169m, 171m));
        desk.SetTradingState(TradingState.Active);
        Assert.StartsWith("DRAWDOWN", desk.Submit(Make.Market(2, Side.Buy, 1m, 86_400), false).Reason, StringComparison.Ordinal);
        desk.ResetLosses();
        Assert.Equal("", desk.Submit(Make.Market(3, Side.Buy, 1m, 86_400), false).Reason);
    }

    [Fact]
    public void A_kill_switch_cancels_what_adds_of_its_strategy_and_takes_no_more_of_it()
    {
        var desk = Holding(LimitKind.DailyLoss, 1_000_000m);
        desk.Submit(Make.Limit(2, Side.Buy, 1m, 90m, 1) with { Origin = "one" }, false);
        desk.Submit(Make.Limit(3, Side.Buy, 1m, 90m, 1) with { Origin = "two" }, false);
        desk.Submit(Make.Limit(4, Side.Sell, 1m, 150m, 1) with { Origin = "one" }, false);

        var outcome = Assert.Single(desk.Kill("one"));
        Assert.Equal((Make.Id(2), "KILLED"), (outcome.Order.Id, outcome.Reason));
        Assert.Equal(
            "KILLED scope=one position=10 adds=1",
            desk.Submit(Make.Market(5, Side.Buy, 1m, 1) with { Origin = "one" }, false).Reason
        );
        Assert.Equal("", desk.Submit(Make.Market(6, Side.Sell, 1m, 1) with { Origin = "one" }, false).Reason);
        Assert.Equal("", desk.Submit(Make.Limit(7, Side.Buy, 1m, 91m, 1) with { Origin = "two" }, false).Reason);

        Assert.Equal([Make.Id(3), Make.Id(7)], desk.Kill(null).Select(static cancelled => cancelled.Order.Id));
        desk.Revive(null);
        desk.Revive("one");
        Assert.Equal("", desk.Submit(Make.Market(8, Side.Buy, 1m, 1) with { Origin = "one" }, false).Reason);
    }

    [Theory]
    [InlineData(LimitKind.FillCollarBps, "100", "FILL_COLLAR price=102 reference=99.5 max=100")]
    [InlineData(LimitKind.SlippageBps, "100", "SLIPPAGE price=102 reference=100 max=100")]
    [InlineData(LimitKind.FillsPerSecond, "0", "FILL_RATE count=1 max=0")]
    public void An_execution_out_of_bounds_halts(LimitKind kind, string max, string reason)
    {
        var desk = Quoted(RiskLimits.Default.Bounded(kind, decimal.Parse(max)), 1_000_000m);
        desk.Submit(Make.Market(1, Side.Buy, 1m), false);
        desk.OnTick(Make.Quote(2, 1, 101m, 102m));
        Assert.Equal((TradingState.Halted, reason), (desk.TradingState, desk.HaltReason?.ToString()));
    }

    [Fact]
    public void Books_that_do_not_follow_from_the_execution_and_an_overfill_are_breaches()
    {
        var order = Order.From(Make.Market(1, Side.Buy, 1m)).Apply(OrderStep.Submit);
        var fill = Execution(1m);
        var context = new PostTradeContext
        {
            Fill = fill,
            Order = order.Apply(fill)!,
            Mark = 100m,
            Before = 0m,
            After = 1m,
            Imbalance = 0m,
            Limits = RiskLimits.Default,
            Activity = new OrderActivity(),
        };
        Assert.Null(PostTradeChecks.Check(context));
        Assert.Equal(
            "POSITION_IDENTITY before=0 fill=1 after=2 imbalance=0",
            PostTradeChecks.Check(context with { After = 2m })!.ToString()
        );
        Assert.Equal(
            "POSITION_IDENTITY before=0 fill=1 after=1 imbalance=0.01",
            PostTradeChecks.Check(context with { Imbalance = 0.01m })!.ToString()
        );
        Assert.Equal(
            $"POSITION_IDENTITY order={Make.Id(1)} overfill=1",
            PostTradeChecks.Check(context with { Order = order.Apply(Execution(2m))! })!.ToString()
        );
    }

    private static Fill Execution(decimal quantity) =>
        new()
        {
            ExecId = Make.Id(1),
            OrderId = Make.Id(1),
            Symbol = Make.Symbol,
            Side = Side.Buy,
            Quantity = quantity,
            Price = 100m,
            Fee = 0m,
            IsTaker = true,
            Timestamp = Make.Start,
            Seq = 1,
        };

    private static TradingDesk Quoted(RiskLimits limits, decimal cash)
    {
        var desk = Make.Desk(cash, limits);
        desk.OnTick(Make.Quote(1, 0, 99m, 100m));
        return desk;
    }

    private static TradingDesk Holding(LimitKind kind, decimal value, decimal cash = 1_000_000m)
    {
        var desk = Quoted(RiskLimits.Default.Bounded(kind, value), cash);
        desk.Submit(Make.Limit(1, Side.Buy, 10m, 100m), false);
        desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        Assert.Equal(10m, desk.Ledger.PositionOf(Make.Symbol).Quantity);
        return desk;
    }
}
