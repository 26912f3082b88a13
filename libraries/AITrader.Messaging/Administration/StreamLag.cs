using AITrader.Messaging.Redis;

namespace AITrader.Messaging.Administration;

/// <summary>Counts the entries of a stream that have not been delivered to a group.</summary>
/// <remarks>Redis up to 8.0 counts entries as lag for ever that were trimmed before the group had read them (redis/redis#13957), and
/// reports no lag where entries were deleted. A group that has been delivered the last entry therefore has no lag, and no lag exceeds the
/// length of the stream.</remarks>
internal static class StreamLag
{
    /// <summary>The lag of a group. The stream must have been described before the group.</summary>
    public static long Of(StackExchange.Redis.StreamInfo stream, StackExchange.Redis.StreamGroupInfo group) =>
        EntryIds.Compare(group.LastDeliveredId ?? string.Empty, stream.LastGeneratedId!) >= 0
            ? 0
            : Math.Min(group.Lag ?? stream.Length, stream.Length);
}
