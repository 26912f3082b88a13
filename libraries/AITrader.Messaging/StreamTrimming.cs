namespace AITrader.Messaging;

/// <summary>What was removed.</summary>
/// <param name="Removed">Entries.</param>
/// <param name="Owed">Those of them that some group had not acknowledged, and will never see.</param>
public readonly record struct StreamTrimming(long Removed, long Owed);
