using AITrader.Domain.Ids;

namespace AITrader.Domain.Orders;

/// <summary>An entry with the two orders that close it: one takes the profit, one stops the loss, and one cancels the other.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="TakeProfit">A limit order on the other side.</param>
/// <param name="StopLoss">A stop on the other side.</param>
public sealed record Bracket(OrderRequest Entry, OrderRequest TakeProfit, OrderRequest StopLoss)
{
    /// <summary>The three orders, entry first.</summary>
    public IReadOnlyList<OrderRequest> Legs => [Entry, TakeProfit, StopLoss];

    /// <summary>A bracket around an entry. The legs close what the entry got, stay until they are cancelled, and are known under ids
    /// that follow from the entry's.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="takeProfit">Limit price of the exit with a profit.</param>
    /// <param name="stopLoss">Trigger price of the exit with a loss.</param>
    public static Bracket Around(OrderRequest entry, decimal takeProfit, decimal stopLoss)
    {
        var group = DeterministicId.Leg(entry.Id, "oco");
        var conditions = new OrderConditions
        {
            ReduceOnly = true,
            ParentId = entry.Id,
            OcoGroup = group,
        };
        var profit = Leg(entry, DeterministicId.Leg(entry.Id, "take-profit"), OrderType.Limit) with
        {
            LimitPrice = takeProfit,
            Conditions = conditions,
        };
        var loss = Leg(entry, DeterministicId.Leg(entry.Id, "stop-loss"), OrderType.Stop) with
        {
            Conditions = conditions with { TriggerPrice = stopLoss },
        };
        return new Bracket(entry, profit, loss);
    }

    private static OrderRequest Leg(OrderRequest entry, Guid id, OrderType type) =>
        entry with
        {
            Id = id,
            ClientOrderId = id,
            Side = entry.Side == Side.Buy ? Side.Sell : Side.Buy,
            Type = type,
            TimeInForce = TimeInForce.Gtc,
            LimitPrice = null,
        };
}
