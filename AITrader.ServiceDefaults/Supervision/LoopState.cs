namespace AITrader.ServiceDefaults.Supervision;

/// <summary>How a supervised loop is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFinished">It has done all it had to do.</param>
/// <param name="Failures">Failures since it last worked.</param>
/// <param name="FailingSince">When the first of them happened; null while it works.</param>
/// <param name="Reason">What the last of them was.</param>
public sealed record LoopState(string Name, bool IsFinished, long Failures, DateTimeOffset? FailingSince, string? Reason);
