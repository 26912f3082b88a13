using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Storage.Accounts;
using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Brokers.Sending;

/// <summary>What one transaction stores of the broker's side, and what may be sent once it is stored.</summary>
/// <param name="Parts">Parts that are new or have changed.</param>
/// <param name="Audits">Events of the audit trail.</param>
/// <param name="Sends">What is sent afterwards.</param>
internal sealed record BrokerPlan(IReadOnlyList<PartAtBroker> Parts, IReadOnlyList<AuditEventRow> Audits, IReadOnlyList<BrokerSend> Sends)
    : IBrokerPlan
{
    public bool IsEmpty => Parts.Count == 0 && Audits.Count == 0;

    /// <summary>Writes within the transaction, after the orders; again from the start with each attempt.</summary>
    public async Task WriteAsync(AccountChange change, CancellationToken ct)
    {
        var stored = await change.BrokerOrdersAsync([.. Parts.Select(static part => part.Row.Id)], ct);
        foreach (var row in Parts.Select(static part => part.Row))
        {
            if (stored.TryGetValue(row.Id, out var found))
            {
                Copy(row, found);
            }
            else
            {
                change.Add(Copy(row, New(row)));
            }
        }

        foreach (var audit in Audits)
        {
            if (!await change.HasAuditEventAsync(audit.Id, ct))
            {
                change.Add(audit);
            }
        }
    }

    private static BrokerOrderRow New(BrokerOrderRow row) =>
        new()
        {
            Id = row.Id,
            OrderId = row.OrderId,
            Part = row.Part,
            Broker = row.Broker,
            Tag = row.Tag,
            State = row.State,
            Symbol = row.Symbol,
            Side = row.Side,
            Type = row.Type,
            Quantity = row.Quantity,
            IntendedAt = row.IntendedAt,
            UpdatedAt = row.UpdatedAt,
        };

    private static BrokerOrderRow Copy(BrokerOrderRow from, BrokerOrderRow to)
    {
        to.BrokerOrderId = from.BrokerOrderId;
        to.State = from.State;
        to.Quantity = from.Quantity;
        to.Price = from.Price;
        to.TriggerPrice = from.TriggerPrice;
        to.FilledQuantity = from.FilledQuantity;
        to.Ending = from.Ending;
        to.Attempts = from.Attempts;
        to.Answer = from.Answer;
        to.UnknownSince = from.UnknownSince;
        to.UpdatedAt = from.UpdatedAt;
        return to;
    }
}
