namespace AITrader.Messaging;

/// <summary>Handles the entries of one stream; registered with <c>AddStreamConsumer</c>.</summary>
public interface IStreamHandler<T>
{
    /// <summary>Stores the effect of a batch. The batch is acknowledged after this method returns, so the same entries may come again:
    /// handling them twice must have the effect of handling them once.</summary>
    /// <remarks>When this method throws, the entries are tried again one by one. An entry that fails too often goes to
    /// <c>dead:{stream}</c>; transient failures (see <see cref="StreamConsumerOptions.IsTransient"/>) are retried without end.</remarks>
    ValueTask HandleAsync(IReadOnlyList<StreamEntry<T>> batch, CancellationToken ct);
}
