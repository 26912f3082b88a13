using AITrader.Messaging;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;

namespace AITrader.Outbox;

/// <summary>Publishes outbox rows to their streams, in order.</summary>
internal sealed class BusOutboxPublisher(IFieldPublisher bus) : IOutboxPublisher
{
    public async Task PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            await bus.PublishAsync(row.Stream, OutboxMessages.Fields(row), ct);
        }
    }
}
