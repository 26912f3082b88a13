namespace AITrader.MockLlm.Faults;

/// <summary>The fault to apply to the next answers.</summary>
/// <param name="LatencyMs">Delay before the answer.</param>
/// <param name="Status">HTTP status of an error that is sent in place of the answer: 429 or 500 to 599.</param>
/// <param name="RetryAfterSeconds">Value of the Retry-After header of such an error.</param>
/// <param name="Truncate">Whether the connection is cut half way through the answer.</param>
/// <param name="Times">Number of requests that the fault applies to; null until the fault is cleared.</param>
public sealed record Fault(int LatencyMs = 0, int? Status = null, int? RetryAfterSeconds = null, bool Truncate = false, int? Times = null);
