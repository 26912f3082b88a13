namespace AITrader.MockMcp.Market;

/// <summary>A quantity that was taken from the market at one price.</summary>
internal readonly record struct Execution(decimal Price, int Quantity);
