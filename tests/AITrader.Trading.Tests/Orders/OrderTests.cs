using AITrader.Domain.Orders;

namespace AITrader.Trading.Tests.Orders;

public sealed class OrderTests
{
    private static readonly Order Submitted = Order.From(Make.Market(1, Side.Buy, 3m)).Apply(OrderStep.Submit);

    [Fact]
    public void Counts_what_is_filled_and_at_which_average()
    {
        var order = Submitted.Apply(Fill(1, 1m, 100m))!;
        Assert.Equal((OrderStatus.PartiallyFilled, 1m, 2m, 100m), (order.State.Status, order.Filled, order.Remaining, order.AveragePrice));

        order = order.Apply(Fill(2, 2m, 103m))!;
        Assert.Equal((OrderStatus.Filled, 3m, 0m, 102m), (order.State.Status, order.Filled, order.Remaining, order.AveragePrice));
    }

    [Fact]
    public void Refuses_an_execution_that_it_has_before_it_looks_at_the_state()
    {
        var filled = Submitted.Apply(Fill(1, 3m, 100m))!;
        Assert.Null(filled.Apply(Fill(1, 3m, 100m)));
        Assert.Null(Submitted.Apply(Fill(1, 3m, 100m) with { OrderId = Make.Id(9) }));
    }

    [Fact]
    public void Books_a_late_fill_after_the_cancel()
    {
        var cancelled = Submitted.Apply(OrderStep.Accept).Apply(OrderStep.Cancel, "asked");
        var part = cancelled.Apply(Fill(1, 1m, 100m))!;
        Assert.Equal((OrderStatus.Cancelled, 1m), (part.State.Status, part.Filled));
        Assert.Equal(OrderStatus.Filled, part.Apply(Fill(2, 2m, 100m))!.State.Status);
    }

    [Fact]
    public void Records_an_overfill()
    {
        var order = Submitted.Apply(Fill(1, 5m, 100m))!;
        Assert.Equal((OrderStatus.Filled, 5m, 2m, 0m), (order.State.Status, order.Filled, order.Overfill, order.Remaining));
    }

    [Fact]
    public void Does_not_fill_what_was_denied() =>
        Assert.Throws<InvalidOperationException>(() =>
            Order.From(Make.Market(1, Side.Buy, 3m)).Apply(OrderStep.Deny, "X").Apply(Fill(1, 1m, 1m))
        );

    private static Fill Fill(int id, decimal quantity, decimal price) =>
        new()
        {
            ExecId = Make.Id(id),
            OrderId = Make.Id(1),
            Symbol = Make.Symbol,
            Side = Side.Buy,
            Quantity = quantity,
            Price = price,
            Fee = 0m,
            IsTaker = true,
            Timestamp = Make.Start,
            Seq = id,
        };
}
