using AITrader.Domain.Orders;

namespace AITrader.Strategies.Orders;

/// <summary>Where a strategy's orders go: the desk of a backtest, or the bus. What becomes of them comes back as
/// <see cref="OrderUpdate"/>.</summary>
internal interface IOrderGateway
{
    /// <summary>Terms of a symbol; null where it is not known.</summary>
    Domain.Instruments.Instrument? Terms(string symbol);

    /// <summary>Sends an order.</summary>
    void Submit(OrderRequest request);

    /// <summary>Sends an entry with the orders that close it.</summary>
    void Submit(Bracket bracket);

    /// <summary>Asks for a cancel; nothing happens where the order is not working any more.</summary>
    void Cancel(Guid orderId, string reason);
}
