namespace AITrader.Messaging;

/// <summary>A group on a stream.</summary>
/// <param name="Name">Group.</param>
/// <param name="Pending">Entries delivered but not acknowledged.</param>
/// <param name="Lag">Entries not delivered yet, of those that are there.</param>
/// <param name="OldestPendingAge">Age of the oldest unacknowledged entry; null where none is pending.</param>
public sealed record StreamGroupInfo(string Name, long Pending, long Lag, TimeSpan? OldestPendingAge);
