namespace AITrader.TestSupport;

/// <summary>What an action allocates on this thread.</summary>
public static class Allocations
{
    private const int Rounds = 5;

    /// <summary>Bytes of the round that allocated least, of several; the first round only warms up.</summary>
    /// <remarks>
    /// The runtime hands a thread its memory in blocks of 8 KiB, and a collection that another thread starts charges the rest of the block
    /// to whoever
    /// holds it. An action that allocates does so in every round; that charge is in one round only.
    /// </remarks>
    public static long Of(Action action)
    {
        action();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
