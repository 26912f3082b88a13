namespace AITrader.Messaging;

/// <summary>A consumer group of a stream.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Pending">Number of entries that were delivered and not acknowledged.</param>
/// <param name="Lag">Number of entries in the stream that were not delivered yet.</param>
/// <param name="OldestPendingAge">Age of the oldest unacknowledged entry; null where none is pending.</param>
public sealed record StreamGroupInfo(string Name, long Pending, long Lag, TimeSpan? OldestPendingAge);
