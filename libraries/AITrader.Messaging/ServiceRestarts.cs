namespace AITrader.Messaging;

/// <summary>The restarts of one service.</summary>
/// <param name="Count">How often the service was started again after it had ended by itself.</param>
/// <param name="LeftDown">Why the service is no longer started; empty while it is.</param>
public sealed record ServiceRestarts(int Count, string LeftDown);
