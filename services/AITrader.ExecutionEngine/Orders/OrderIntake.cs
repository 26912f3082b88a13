using AITrader.Contracts.Messages;
using AITrader.ExecutionEngine.Books;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ExecutionEngine.Loop;
using AITrader.Messaging;
using AITrader.Storage;
using AITrader.Trading.Orders;
using AITrader.Trading.Risk;
using Microsoft.EntityFrameworkCore;

namespace AITrader.ExecutionEngine.Orders;

/// <summary>Takes requests from the gateway stream: new orders and cancels. The engine's own events on that stream pass by.</summary>
internal sealed class OrderIntake(
    IDbContextFactory<AITraderDbContext> contexts, ExecutionMetrics metrics, TimeProvider time, ILogger<OrderIntake> log)
{
    private const string New = "NEW";
    private const string Cancel = "CANCEL";

    // What a numeric(18,8) column can hold.
    private const decimal Largest = 9_999_999_999m;

    /// <summary>Why an entry cannot even be stored; null where it can.</summary>
    public static string? Fault(OrderMessage message) =>
        Math.Abs(message.Quantity) > Largest || Math.Abs(message.Price ?? 0m) > Largest ? "quantity or price is out of range"
        : new[] { message.Symbol, message.Origin, message.Type, message.TimeInForce, message.Run }.Any(static text => text.Contains('\0')) ? "text holds a NUL"
        : null;

    /// <summary>Puts the effects of the entries into the work, in order.</summary>
    public async Task TakeAsync(DeskBooks books, IReadOnlyList<StreamEntry<OrderMessage>> entries, Work work, CancellationToken ct)
    {
        var requests = entries.Where(static entry => entry.Message.Event == New).Select(static entry => entry.Message).ToList();
        var taken = requests.Count == 0 ? [] : await TakenAsync(requests, ct);
        foreach (var (id, message) in entries.Select(static entry => (entry.Id, entry.Message)))
        {
            switch (message.Event)
            {
                case New:
                    TakeNew(books, message, id, taken, work);
                    break;
                case Cancel:
                    TakeCancel(books, message, work);
                    break;
            }

            work.OrderIds.Add(id);
        }
    }

    // Which order has which client order id, as far as these requests are concerned.
    private async Task<Dictionary<Guid, Guid>> TakenAsync(List<OrderMessage> requests, CancellationToken ct)
    {
        var keys = requests.ConvertAll(static request => request.ClientOrderId);
        var ids = requests.ConvertAll(static request => request.Id);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Orders.AsNoTracking()
            .Where(row => keys.Contains(row.ClientOrderId) || ids.Contains(row.Id))
            .ToDictionaryAsync(static row => row.ClientOrderId, static row => row.Id, ct);
    }

    private void TakeNew(DeskBooks books, OrderMessage message, string entryId, Dictionary<Guid, Guid> taken, Work work)
    {
        var isKnown = taken.TryGetValue(message.ClientOrderId, out var owner);
        if (isKnown && owner == message.Id)
        {
            metrics.Redelivered("order");
            return;
        }

        using var activity = ExecutionMetrics.Activities.Continue("order", message.Trace);
        activity?.SetTag("aitrader.order", message.Id).SetTag("aitrader.symbol", message.Symbol).SetTag("aitrader.side", message.Side);
        if (isKnown || taken.ContainsValue(message.Id))
        {
            var denial = Denial.Of(DenialCodes.DuplicateClientOrderId, ("client_order_id", message.ClientOrderId), ("order", isKnown ? owner : message.Id));
            Refuse(work, new RefusedOrder(message, denial.ToString(), KeepsRow: false));
            return;
        }

        taken[message.ClientOrderId] = message.Id;
        if (message.ToRequest(books.Desk) is not { } request)
        {
            var denial = Denial.Of("ORDER_KIND_NOT_OFFERED", ("type", message.Type), ("tif", message.TimeInForce));
            Refuse(work, new RefusedOrder(message, denial.ToString(), KeepsRow: true));
            return;
        }

        books.Remember(request.Id, activity?.Id ?? message.Trace);
        var outcome = books.Desk.Submit(request, isDuplicate: false);
        work.Outcomes.Add(outcome);
        metrics.OrderTaken(time.GetUtcNow() - StoredAt(entryId));
        activity?.SetTag("aitrader.status", WireNames.Name(outcome.Status));
        if (outcome.Status == OrderStatus.Denied)
        {
            log.Denied(request.Id, outcome.Reason);
        }
        else
        {
            log.Taken(request.Id, request.Side, request.Quantity, request.Symbol);
        }
    }

    private void TakeCancel(DeskBooks books, OrderMessage message, Work work)
    {
        if (books.Desk.Cancel(message.Id, $"CANCEL_REQUESTED by={(message.Origin.Length > 0 ? message.Origin : "unknown")}") is { } outcome)
        {
            work.Outcomes.Add(outcome);
        }
        else
        {
            metrics.Redelivered("cancel");
        }
    }

    private void Refuse(Work work, RefusedOrder refused)
    {
        // Told twice before either was stored: one trail is enough.
        if (work.Refused.Exists(found => found.Message.Id == refused.Message.Id))
        {
            metrics.Redelivered("order");
            return;
        }

        work.Refused.Add(refused);
        log.Denied(refused.Message.Id, refused.Reason);
    }

    // The first part of an entry's id is the bus's clock.
    private static DateTimeOffset StoredAt(string entryId) => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(entryId.AsSpan(0, entryId.IndexOf('-', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture));
}
