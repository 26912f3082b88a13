using AITrader.Domain.Orders;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Orders;

/// <summary>Any order of events: what cannot be is refused, what is refused changes nothing, and the quantities add up.</summary>
public sealed class OrderPropertyTests
{
    private const int Steps = 16;
    private const int Cases = 500;

    [Fact]
    public void Quantities_add_up_and_terminal_states_stay_whatever_happens() => Check(Holds);

    [Fact]
    public void An_execution_that_was_applied_before_never_changes_anything() =>
        Check(static events =>
        {
            var order = Run(events, static _ => { });
            return order.Executions.All(id => order.Apply(Execution(id, 1m)) is null);
        });

    [Fact]
    public void A_fill_may_come_before_the_acknowledgement_and_after_the_end_but_never_of_what_was_not_sent() =>
        Check(static events =>
        {
            var order = Run(events, static _ => { });
            var allows = OrderStateMachine.TryNext(order.State, OrderStep.FillPartially) is not null;
            return allows == order.State.Status is not (OrderStatus.Initialized or OrderStatus.Denied);
        });

    private static void Check(Func<int[], bool> property) => Property.Holds(Gen.Choose(0, 999).ArrayOf(), property, Cases);

    private static bool Holds(int[] events)
    {
        var before = Order.From(Make.Market(1, Side.Buy, 10m));
        var holds = true;
        Run(events, after =>
        {
            holds &= after.Filled + after.Remaining == after.Quantity || (after.Overfill > 0m && after.Remaining == 0m);
            holds &= after.Filled >= before.Filled && after.Executions.Count >= before.Executions.Count;
            holds &=
                !before.State.IsTerminal
                || after.State == before.State
                || (before.State.Status != OrderStatus.Denied && after.State.Status == OrderStatus.Filled && after.Filled > before.Filled);
            holds &= after.State.Status != OrderStatus.Filled || after.Filled >= after.Quantity;
            before = after;
        });
        return holds;
    }

    // Below the number of steps: a step; else an execution, whose id is one of a few so that some come twice.
    private static Order Run(int[] events, Action<Order> observe)
    {
        var order = Order.From(Make.Market(1, Side.Buy, 10m)).Apply(OrderStep.Submit);
        foreach (var number in events)
        {
            var kind = number % (2 * Steps);
            if (
                kind < Steps
                && Enum.IsDefined((OrderStep)kind)
                && kind is not ((int)OrderStep.FillPartially or (int)OrderStep.FillCompletely)
            )
            {
                order = OrderStateMachine.TryNext(order.State, (OrderStep)kind) is null
                    ? Refused(order, (OrderStep)kind)
                    : order.Apply((OrderStep)kind);
            }
            else if (OrderStateMachine.TryNext(order.State, OrderStep.FillCompletely) is not null)
            {
                order = order.Apply(Execution(Make.Id((number / 7) % 9), 1m + (number % 5))) ?? order;
            }

            observe(order);
        }

        return order;
    }

    private static Order Refused(Order order, OrderStep step)
    {
        Assert.Throws<InvalidOperationException>(() => order.Apply(step));
        return order;
    }

    private static Fill Execution(Guid id, decimal quantity) =>
        new()
        {
            ExecId = id,
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
}
