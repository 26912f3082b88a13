using AITrader.Storage.Model;

namespace AITrader.Storage.Inbox;

/// <summary>Remembers handled messages in the transaction of their effect.</summary>
public interface IInbox
{
    /// <summary>Records the message within the open transaction; false where this consumer has handled it before.</summary>
    Task<bool> TryBeginAsync(AITraderDbContext db, string messageId, string consumer, CancellationToken ct);

    /// <summary>Records the messages within the open transaction; returns those that are new to this consumer.</summary>
    Task<IReadOnlySet<string>> TryBeginAsync(
        AITraderDbContext db,
        IReadOnlyCollection<string> messageIds,
        string consumer,
        CancellationToken ct
    );
}
