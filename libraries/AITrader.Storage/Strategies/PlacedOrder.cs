using AITrader.Contracts.Messages;
using AITrader.Storage.Rows;

namespace AITrader.Storage.Strategies;

/// <summary>What a hosted strategy asks for, with its event in the audit trail: stored together, each once.</summary>
/// <param name="Audit">The event; its id says which request it is.</param>
/// <param name="Message">The new order, or the cancel; null where only the event is told.</param>
public sealed record PlacedOrder(AuditEventRow Audit, OrderMessage? Message);

/// <summary>What the execution engine has stored that concerns a strategy.</summary>
public abstract record StrategyNews;

/// <summary>A step of an order as the execution engine stored it.</summary>
/// <param name="Event">The step.</param>
/// <param name="Order">Its order.</param>
/// <param name="Execution">The execution, where the step is one.</param>
public sealed record StoredStep(OrderEventRow Event, OrderRow Order, ExecutionRow? Execution) : StrategyNews;

/// <summary>A split or a dividend that was booked.</summary>
/// <param name="Row">As it was booked.</param>
public sealed record StoredAdjustment(AdjustmentRow Row) : StrategyNews;
