using AITrader.Domain.Orders;
using AITrader.Trading.Engine;

namespace AITrader.Trading.Tests.Engine;

public sealed class LinkedOrderTests
{
    private readonly TradingDesk _desk = Make.Desk();

    public LinkedOrderTests() => _desk.OnTick(Make.Quote(1, 0, 99m, 100m));

    private static Bracket Long(decimal quantity = 2m, decimal entry = 100m) =>
        Bracket.Around(Make.Limit(1, Side.Buy, quantity, entry), takeProfit: 110m, stopLoss: 90m);

    [Fact]
    public void The_exits_wait_for_the_entry_and_cover_what_it_got()
    {
        var bracket = Long();
        Assert.All(_desk.Submit(bracket, false), static outcome => Assert.Equal(OrderStatus.Submitted, outcome.Status));
        _desk.OnTick(Make.Trade(2, 0.01, 80m, 5m));
        Assert.Equal(3, _desk.Working.Count);

        _desk.OnTick(Make.Quote(3, 1, 99m, 100m, 0.5m));
        Assert.Equal(0.5m, Find(bracket.TakeProfit).Active);
        Assert.Equal(0.5m, Find(bracket.StopLoss).Active);
        _desk.OnTick(Make.Quote(4, 2, 99m, 100m, 9m));
        Assert.Equal((2m, 2m), (Find(bracket.TakeProfit).Active, Find(bracket.StopLoss).Active));
    }

    [Fact]
    public void The_profit_taken_ends_the_stop()
    {
        var bracket = Filled();
        _desk.OnTick(Make.Quote(4, 3, 108m, 109m));
        var outcomes = _desk.OnTick(Make.Quote(5, 4, 110m, 111m));
        Assert.Equal(
            [(bracket.TakeProfit.Id, OrderStatus.Filled, ""), (bracket.StopLoss.Id, OrderStatus.Cancelled, LinkedOrders.SiblingFilled)],
            outcomes.Select(static outcome => (outcome.Order.Id, outcome.Status, outcome.Reason))
        );
        Assert.Equal(0m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void A_part_of_the_profit_taken_shortens_the_stop_and_the_stop_ends_the_rest()
    {
        var bracket = Filled();
        _desk.OnTick(Make.Quote(4, 3, 108m, 109m));
        _desk.OnTick(Make.Quote(5, 4, 110m, 111m, 0.5m));
        Assert.Equal(1.5m, Find(bracket.StopLoss).Remaining);

        _desk.OnTick(Make.Trade(6, 5, 85m, 1m));
        var outcomes = _desk.OnTick(Make.Quote(7, 6, 84m, 85m));
        Assert.Equal((1.5m, 84m), (outcomes[0].Fill!.Quantity, outcomes[0].Fill!.Price));
        Assert.Equal((bracket.TakeProfit.Id, LinkedOrders.SiblingFilled), (outcomes[1].Order.Id, outcomes[1].Reason));
        Assert.Equal(0m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
        Assert.Empty(_desk.Working);
    }

    [Fact]
    public void A_stop_that_is_set_off_while_the_entry_is_half_filled_closes_what_the_entry_still_gets()
    {
        var bracket = Long();
        _desk.Submit(bracket, false);
        _desk.OnTick(Make.Quote(2, 1, 99m, 100m, 0.5m));
        _desk.OnTick(Make.Trade(3, 2, 89m, 0.1m));
        Assert.Equal(0.6m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
        Assert.Equal(OrderStatus.Triggered, Find(bracket.StopLoss).State.Status);

        for (var seq = 4; seq < 9; seq++)
        {
            _desk.OnTick(Make.Quote(seq, seq, 88m, 89m, 10m + seq));
        }

        Assert.Empty(_desk.Working);
        Assert.Equal(0m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void Cancelling_one_exit_ends_the_other()
    {
        var bracket = Filled();
        Assert.Equal(
            [(bracket.TakeProfit.Id, "asked"), (bracket.StopLoss.Id, LinkedOrders.SiblingEnded)],
            _desk.Cancel(bracket.TakeProfit.Id, "asked").Select(static outcome => (outcome.Order.Id, outcome.Reason))
        );
        Assert.Empty(_desk.Working);
    }

    [Fact]
    public void An_entry_that_ends_without_a_fill_ends_its_exits_and_one_that_ends_short_shortens_them()
    {
        var bracket = Long();
        _desk.Submit(bracket, false);
        _desk.Cancel(bracket.Entry.Id, "asked");
        Assert.Empty(_desk.Working);

        var second = Bracket.Around(Make.Limit(2, Side.Buy, 2m, 100m), 110m, 90m);
        _desk.Submit(second, false);
        _desk.OnTick(Make.Quote(3, 1, 99m, 100m, 0.5m));
        _desk.Cancel(second.Entry.Id, "asked");
        Assert.Equal([0.5m, 0.5m], _desk.Working.Select(static order => order.Remaining));
        Assert.Equal([0.5m, 0.5m], _desk.Working.Select(static order => order.Active));
    }

    [Fact]
    public void A_bracket_with_one_bad_leg_is_denied_as_a_whole()
    {
        var bracket = Long();
        var outcomes = _desk.Submit(bracket with { StopLoss = bracket.StopLoss with { Quantity = 0m } }, false);
        Assert.Equal(
            [$"LEG_DENIED leg={bracket.StopLoss.Id}", $"LEG_DENIED leg={bracket.StopLoss.Id}", "QUANTITY_NOT_POSITIVE qty=0"],
            outcomes.Select(static outcome => outcome.Reason)
        );
        Assert.Empty(_desk.Working);
    }

    [Fact]
    public void A_bracket_reserves_the_cash_of_its_entry_alone()
    {
        // 2 x 100 x 1.0004 = 200.08.
        var desk = Make.Desk(cash: 200.08m);
        desk.OnTick(Make.Quote(1, 0, 99m, 100m));
        Assert.All(desk.Submit(Long(), false), static outcome => Assert.Equal(OrderStatus.Submitted, outcome.Status));
        Assert.StartsWith("INSUFFICIENT_CASH", desk.Submit(Make.Limit(9, Side.Buy, 0.1m, 99m), false).Reason, StringComparison.Ordinal);
    }

    private Bracket Filled()
    {
        var bracket = Long();
        _desk.Submit(bracket, false);
        _desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        _desk.OnTick(Make.Quote(3, 2, 99m, 100m));
        Assert.Equal(2m, _desk.Ledger.PositionOf(Make.Symbol).Quantity);
        return bracket;
    }

    private Order Find(OrderRequest request) => _desk.Working.Single(order => order.Id == request.Id);
}
