using AITrader.Domain.Orders;

namespace AITrader.Domain.Brokers;

/// <summary>An execution as the broker has it.</summary>
/// <param name="ExecutionId">Its number, unique among the executions of its order.</param>
/// <param name="BrokerOrderId">The order that was executed.</param>
/// <param name="Symbol">Instrument.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Executed quantity; positive.</param>
/// <param name="Price">Execution price; positive.</param>
/// <param name="At">When; null where the broker does not say so.</param>
public sealed record BrokerExecution(
    string ExecutionId,
    string BrokerOrderId,
    string Symbol,
    Side Side,
    decimal Quantity,
    decimal Price,
    DateTimeOffset? At
);
