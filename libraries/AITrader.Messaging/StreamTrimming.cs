namespace AITrader.Messaging;

/// <summary>The result of trimming a stream.</summary>
/// <param name="Removed">Number of entries that were removed.</param>
/// <param name="Unacknowledged">Number of removed entries that some group had not acknowledged and will never receive.</param>
public readonly record struct StreamTrimming(long Removed, long Unacknowledged);
