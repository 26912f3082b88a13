using System.Runtime.CompilerServices;

namespace AITrader.Messaging;

/// <summary>Appends messages to the stream of their type. Safe from any thread.</summary>
public interface IStreamPublisher
{
    /// <summary>Appends one message and returns its entry id.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm the message; it may have been stored all the same.</exception>
    Task<string> PublishAsync<T>(T message, CancellationToken ct)
        where T : class;

    /// <summary>Appends messages in order; all are stored when it returns.</summary>
    /// <remarks>After a failure, the stored messages of each stream are a prefix of the list: a message is never stored without the
    /// messages before it.</remarks>
    /// <exception cref="BusUnavailableException">Redis did not confirm all of them.</exception>
    [OverloadResolutionPriority(1)] // Or an array would count as one message.
    Task PublishAsync<T>(IReadOnlyList<T> messages, CancellationToken ct)
        where T : class;
}
