using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>
/// What a step of one order means for those that are linked to it: the others of its group, and the orders that wait for it. Pure.
/// </summary>
public static class LinkedOrders
{
    /// <summary>The order is done because another of its group was executed in full.</summary>
    public const string SiblingFilled = "OCO_SIBLING_FILLED";

    /// <summary>The order is done because another of its group ended.</summary>
    public const string SiblingEnded = "OCO_SIBLING_ENDED";

    /// <summary>The order is done because its parent ended without an execution, or with all of it closed.</summary>
    public const string ParentEnded = "PARENT_ENDED";

    /// <summary>Whether a step of the order can mean anything for another.</summary>
    public static bool Concern(Order order, Order other) =>
        order.Id != other.Id
        && (
            other.Request.Conditions.ParentId == order.Id
            || (order.Request.Conditions.OcoGroup is { } group && group == other.Request.Conditions.OcoGroup)
        );

    /// <summary>The linked order after a step.</summary>
    /// <param name="order">The order whose step it is, after it.</param>
    /// <param name="executed">Quantity that the step executed; zero where it is no execution.</param>
    /// <param name="other">A working order that it concerns.</param>
    /// <param name="at">Event time of the step.</param>
    /// <returns>The order, cancelled where nothing of it is left.</returns>
    public static Order After(Order order, decimal executed, Order other, DateTimeOffset at) =>
        other.Request.Conditions.ParentId == order.Id ? AfterParent(order, executed, other, at) : AfterSibling(order, executed, other);

    private static Order AfterParent(Order parent, decimal executed, Order child, DateTimeOffset at)
    {
        var woken = executed > 0m ? LocalEmulation.Activate(child, executed, at) : child;
        if (!parent.State.IsTerminal)
        {
            return woken;
        }

        var held = woken.Held!;
        var cut = woken with { Reduced = woken.Reduced + held.Dormant, Held = held with { Dormant = 0m } };
        return cut.Remaining > 0m ? cut : cut.Apply(OrderStep.Cancel, ParentEnded);
    }

    private static Order AfterSibling(Order order, decimal executed, Order sibling)
    {
        var cut = sibling with { Reduced = sibling.Reduced + Math.Min(executed, sibling.Remaining) };
        return cut.Remaining == 0m || order.State.Status == OrderStatus.Filled ? cut.Apply(OrderStep.Cancel, SiblingFilled)
            : order.State.IsTerminal ? cut.Apply(OrderStep.Cancel, SiblingEnded)
            : cut;
    }
}
