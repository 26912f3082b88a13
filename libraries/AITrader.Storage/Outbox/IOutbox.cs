using AITrader.Storage.Model;
using AITrader.Storage.Rows;

namespace AITrader.Storage.Outbox;

/// <summary>Keeps messages with their cause until they are published.</summary>
public interface IOutbox
{
    /// <summary>Adds a message to the context; it commits with the caller's transaction.</summary>
    /// <remarks>Messages of one service are published in the order in which they were added.</remarks>
    void Add<T>(AITraderDbContext db, T message)
        where T : class;

    /// <summary>Adds a message under an identity of the caller's, which may be stored once.</summary>
    void Add<T>(AITraderDbContext db, Guid id, T message)
        where T : class;
}

/// <summary>Publishes the pending messages of this service's outbox.</summary>
public interface IOutboxRelay
{
    /// <summary>Publishes every row that was committed before the call, in order, and marks it as sent; returns how many.</summary>
    /// <remarks>
    /// At least once: after a crash between publishing and marking, the same rows are published again. When it returns,
    /// nothing is pending, whichever instance published it: instances of a service take turns.
    /// </remarks>
    Task<int> FlushAsync(CancellationToken ct);
}

/// <summary>Publishes outbox rows to the bus; AITrader.Outbox implements it over Messaging.</summary>
public interface IOutboxPublisher
{
    /// <summary>Publishes all rows in order, or throws.</summary>
    /// <remarks><see cref="OutboxMessages.Fields"/> are those of the entry; <see cref="OutboxMessages.Read"/> gives the message
    /// back.</remarks>
    Task PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken ct);
}
