namespace AITrader.Messaging;

/// <summary>One consumer of one group. Its own pending entries come first, then those taken over from dead consumers, then new
/// ones.</summary>
/// <remarks>
/// One caller at a time, except for <see cref="AcknowledgeAsync"/>. Entries that cannot be parsed, and those that were delivered too often
/// without an
/// acknowledgement (their consumer died each time), go to <c>dead:{stream}</c> and are acknowledged. <see cref="Rewind"/> does not count as
/// a delivery, so
/// waiting out a database's failure loses nothing.
/// </remarks>
public interface IStreamReader<T> : IAsyncDisposable
{
    /// <summary>The next entries, at most <paramref name="maxCount"/>; empty when none came within <paramref name="block"/>, where zero
    /// means do not wait.</summary>
    /// <remarks>After a failed or cancelled call nothing is lost: what Redis had delivered comes with the next call.</remarks>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyList<StreamEntry<T>>> ReadAsync(int maxCount, TimeSpan block, CancellationToken ct);

    /// <summary>Acknowledges entries, after their effect is durable.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm; the entries may come again.</exception>
    Task AcknowledgeAsync(IReadOnlyList<string> ids, CancellationToken ct);

    /// <summary>Gives up on one entry: it goes to <c>dead:{stream}</c> with the reason, and is acknowledged.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm; the entry may come again.</exception>
    Task DeadLetterAsync(StreamEntry<T> entry, string reason, int deliveries, CancellationToken ct);

    /// <summary>Lets the next <see cref="ReadAsync"/> start with the pending entries again, after a failed effect.</summary>
    void Rewind();
}
