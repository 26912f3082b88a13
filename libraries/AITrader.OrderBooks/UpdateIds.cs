namespace AITrader.OrderBooks;

/// <summary>The update ids that one diff covers, and how it is tied to the one before.</summary>
/// <param name="First">First update id (<c>U</c>).</param>
/// <param name="Last">Last update id (<c>u</c>).</param>
/// <param name="Previous">Last update id of the diff before (<c>pu</c>), as futures tell it; null on spot, whose ids have no holes.</param>
public readonly record struct UpdateIds(long First, long Last, long? Previous = null)
{
    /// <summary>Whether nothing is missing between a snapshot and this diff.</summary>
    internal bool JoinsSnapshot(long lastUpdateId) => Previous is { } previous ? previous <= lastUpdateId : First <= lastUpdateId + 1;

    /// <summary>Whether nothing is missing between another diff and this one.</summary>
    internal bool FollowsDiff(long last) => Previous is { } previous ? previous == last : First <= last + 1;
}
