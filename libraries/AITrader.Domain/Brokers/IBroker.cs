using AITrader.Domain.Orders;

namespace AITrader.Domain.Brokers;

/// <summary>A broker's desk. Safe from any thread.</summary>
/// <remarks>
/// What changes orders is never sent twice by itself: an answer that was lost is <see cref="BrokerAnswer.Unknown"/>, and whoever asked
/// looks
/// the order up by its tag. That holds for a call that was cancelled on its way, too. What only reads throws
/// <see cref="BrokerUnavailableException"/> where there is no answer.
/// </remarks>
public interface IBroker
{
    /// <summary>The broker's name.</summary>
    string Name { get; }

    /// <summary>What it takes as it is. Everything else is emulated or refused before it comes here.</summary>
    BrokerCapabilities Capabilities { get; }

    /// <summary>The tag that the broker knows an order by: always the same for the same order.</summary>
    string TagOf(Guid orderId);

    /// <summary>Sends an order, with its tag.</summary>
    Task<BrokerAnswer> PlaceAsync(OrderRequest request, CancellationToken ct);

    /// <summary>Gives a working order new terms: quantity in all, prices.</summary>
    Task<BrokerAnswer> ModifyAsync(string brokerOrderId, OrderRequest changed, CancellationToken ct);

    /// <summary>Asks for the end of an order.</summary>
    Task<BrokerAnswer> CancelAsync(string brokerOrderId, CancellationToken ct);

    /// <summary>The day's orders, oldest first.</summary>
    /// <exception cref="BrokerUnavailableException">There is no answer.</exception>
    Task<IReadOnlyList<BrokerOrder>> GetOrdersAsync(CancellationToken ct);

    /// <summary>The day's executions, oldest first.</summary>
    /// <exception cref="BrokerUnavailableException">There is no answer.</exception>
    Task<IReadOnlyList<BrokerExecution>> GetExecutionsAsync(CancellationToken ct);

    /// <summary>What is held now.</summary>
    /// <exception cref="BrokerUnavailableException">There is no answer.</exception>
    Task<IReadOnlyList<BrokerPosition>> GetPositionsAsync(CancellationToken ct);

    /// <summary>What there is for new orders, in the currency of the account.</summary>
    /// <exception cref="BrokerUnavailableException">There is no answer.</exception>
    Task<decimal> GetAvailableFundsAsync(CancellationToken ct);
}
