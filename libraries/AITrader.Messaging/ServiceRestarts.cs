namespace AITrader.Messaging;

/// <summary>What became of a service.</summary>
/// <param name="Count">How often it was started again after it had ended by itself.</param>
/// <param name="LeftDown">Why nobody starts it any more; empty where somebody does.</param>
public sealed record ServiceRestarts(int Count, string LeftDown);
