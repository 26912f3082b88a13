using AITrader.Messaging;
using AITrader.Storage;

namespace AITrader.Worker.Outbox;

/// <summary>Connects the outbox to the bus.</summary>
internal sealed class BusOutboxPublisher(IFieldPublisher publisher) : IOutboxPublisher
{
    public async Task PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            await publisher.PublishAsync(row.Stream, OutboxMessages.Fields(row), ct);
        }
    }
}
