namespace AITrader.ServiceDefaults.Supervision;

/// <summary>The state of a supervised loop.</summary>
/// <param name="Name">The name of the loop.</param>
/// <param name="IsFinished">True when the loop has finished all its work.</param>
/// <param name="Failures">Failures since it last worked.</param>
/// <param name="FailingSince">When the first of these failures happened; null while the loop works.</param>
/// <param name="Reason">The message of the last failure.</param>
public sealed record LoopState(string Name, bool IsFinished, long Failures, DateTimeOffset? FailingSince, string? Reason);
