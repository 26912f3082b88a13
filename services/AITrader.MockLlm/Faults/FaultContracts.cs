namespace AITrader.MockLlm.Faults;

/// <summary>What goes wrong with the next answers.</summary>
/// <param name="LatencyMs">A pause before anything else.</param>
/// <param name="Status">An error instead of the answer: 429 or 500 to 599.</param>
/// <param name="RetryAfterSeconds">The Retry-After of such an error.</param>
/// <param name="Truncate">The connection is cut half way through the answer.</param>
/// <param name="Times">For how many requests; null until it is cleared.</param>
public sealed record Fault(int LatencyMs = 0, int? Status = null, int? RetryAfterSeconds = null, bool Truncate = false, int? Times = null);
