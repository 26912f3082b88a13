using AITrader.Messaging.Redis;

namespace AITrader.Messaging.Administration;

/// <summary>Entries that a group has not been delivered.</summary>
/// <remarks>
/// Redis up to 8.0 counts for ever as lag what was trimmed before the group had read it (redis/redis#13957), and gives none where entries
/// were deleted. Who has been
/// delivered the last entry has no lag, and nobody lacks more than there is.
/// </remarks>
internal static class StreamLag
{
    /// <summary>Of a stream that was looked at before its group.</summary>
    public static long Of(StackExchange.Redis.StreamInfo stream, StackExchange.Redis.StreamGroupInfo group) =>
        EntryIds.Compare(group.LastDeliveredId ?? string.Empty, stream.LastGeneratedId!) >= 0
            ? 0
            : Math.Min(group.Lag ?? stream.Length, stream.Length);
}
