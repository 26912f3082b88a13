namespace AITrader.Messaging;

/// <summary>One consumer of a group. It first returns its own pending entries, then those taken over from dead consumers, then new
/// ones.</summary>
/// <remarks>For one caller at a time, except <see cref="AcknowledgeAsync"/>. An entry that cannot be parsed, or that was delivered too
/// often without an acknowledgement (its consumer died each time), goes to <c>dead:{stream}</c> and is acknowledged. <see cref="Rewind"/>
/// does not count as a delivery, so that an outage of the database moves no entry to the dead letters.</remarks>
public interface IStreamReader<T> : IAsyncDisposable
{
    /// <summary>Returns the next entries, at most <paramref name="maxCount"/>; an empty list when none arrived within <paramref
    /// name="block"/>. Zero means: do not wait.</summary>
    /// <remarks>A failed or cancelled call loses nothing: entries that Redis had delivered are returned by the next call.</remarks>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyList<StreamEntry<T>>> ReadAsync(int maxCount, TimeSpan block, CancellationToken ct);

    /// <summary>Acknowledges entries, after their effect has been stored.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm; the entries may come again.</exception>
    Task AcknowledgeAsync(IReadOnlyList<string> ids, CancellationToken ct);

    /// <summary>Moves an entry to <c>dead:{stream}</c> with the reason, and acknowledges it.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm; the entry may come again.</exception>
    Task DeadLetterAsync(StreamEntry<T> entry, string reason, int deliveries, CancellationToken ct);

    /// <summary>Makes the next <see cref="ReadAsync"/> return the pending entries again, after their effect could not be stored.</summary>
    void Rewind();
}
