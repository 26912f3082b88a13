namespace AITrader.Messaging;

/// <summary>Handles the entries of one stream; registered with <c>AddStreamConsumer</c>.</summary>
public interface IStreamHandler<T>
{
    /// <summary>Makes the effect of a batch durable. The batch is acknowledged after it returns, so it may see entries again and must take
    /// that calmly.</summary>
    /// <remarks>
    /// When it throws, the entries are tried again one by one. Those that fail too often go to <c>dead:{stream}</c>; transient failures
    /// (see
    /// <see cref="StreamConsumerOptions.IsTransient"/>) are retried without end instead.
    /// </remarks>
    ValueTask HandleAsync(IReadOnlyList<StreamEntry<T>> batch, CancellationToken ct);
}
