namespace AITrader.Domain.Brokers;

/// <summary>A position as the broker has it.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Product">The broker's product, such as MIS.</param>
/// <param name="Quantity">Quantity, negative where short.</param>
/// <param name="AveragePrice">Price of what is open; 0 where nothing is.</param>
public sealed record BrokerPosition(string Symbol, string Product, decimal Quantity, decimal AveragePrice);
