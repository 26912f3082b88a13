namespace AITrader.Domain.Orders;

/// <summary>New terms of a working order.</summary>
/// <param name="Id">Id of the request: the same one is never taken twice.</param>
/// <param name="Quantity">Quantity in all, what is executed already included.</param>
/// <param name="LimitPrice">Limit price; null where the order has none.</param>
/// <param name="TriggerPrice">Price that sets it off; null where the order has none.</param>
/// <param name="AskedAt">Event time at which it was asked for.</param>
public sealed record OrderChange(Guid Id, decimal Quantity, decimal? LimitPrice, decimal? TriggerPrice, DateTimeOffset AskedAt)
{
    /// <summary>The request with these terms.</summary>
    public OrderRequest ApplyTo(OrderRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with
        {
            Quantity = Quantity,
            LimitPrice = LimitPrice,
            Conditions = request.Conditions with { TriggerPrice = TriggerPrice },
        };
    }

    /// <summary>Whether a request has these terms already.</summary>
    public bool IsOf(OrderRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Quantity == Quantity && request.LimitPrice == LimitPrice && request.Conditions.TriggerPrice == TriggerPrice;
    }

    /// <summary>Whether it does no more than take quantity off.</summary>
    public bool OnlyReduces(OrderRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Quantity <= request.Quantity && request.LimitPrice == LimitPrice && request.Conditions.TriggerPrice == TriggerPrice;
    }
}
