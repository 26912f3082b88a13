namespace AITrader.Trading.Statistics;

/// <summary>Value of an account, or of a benchmark, at a moment.</summary>
/// <param name="Time">Event time.</param>
/// <param name="Equity">Value, in the account's currency.</param>
public readonly record struct EquityPoint(DateTimeOffset Time, decimal Equity);
