using System.Security.Claims;
using AITrader.Backend.Data;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Messaging;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Orders;

/// <summary>Sends people's orders, changes and cancels to the execution engine.</summary>
/// <remarks>
/// The request is in the audit trail before it is sent. A caller that got no answer repeats it under the same Idempotency-Key: the engine
/// takes a key once.
/// </remarks>
internal sealed class OrderRequests(
    OrderQueries orders,
    KnownSymbols symbols,
    RunQueries runs,
    AuditTrail audit,
    IStreamPublisher bus,
    IIdSource ids,
    TimeProvider time
)
{
    public const string KeyHeader = "Idempotency-Key";

    private const string New = "NEW";
    private const string Modify = "MODIFY";
    private const string Cancel = "CANCEL";

    public async Task<IResult> PlaceAsync(NewOrderRequest body, string? key, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!TryKey(key, out var id))
        {
            return BackendProblems.BadKey(KeyHeader);
        }

        if (ProblemOf(body) is { } problem)
        {
            return BackendProblems.BadOrder(problem);
        }

        if (!await symbols.IsKnownAsync(body.Symbol, ct))
        {
            return BackendProblems.UnknownSymbol(body.Symbol);
        }

        // Never the run that happens to be shown: an order that is meant for a replay must not reach the market, nor the other way round.
        var run = body.Run is null or RunRow.LiveName ? string.Empty : body.Run;
        if (run.Length > 0 && await runs.FindAsync(run, ct) is not { Run.State: ReplayStates.Running })
        {
            return BackendProblems.RunIsOver(run);
        }

        var message = MessageOf(New, id, body.Symbol, WireNames.FindSide(body.Side)!.Value, run, user) with
        {
            Quantity = body.Qty,
            Price = body.Price,
            Type = body.Type,
            TimeInForce = body.Tif,
            Conditions = body.Conditions.IsNone ? OrderConditions.None : body.Conditions,
            TakeProfit = body.TakeProfit,
            StopLoss = body.StopLoss,
        };
        return await SendAsync(message, "order.requested", body, user, ct);
    }

    public async Task<IResult> ChangeAsync(Guid order, OrderChangeRequest body, string? key, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!TryKey(key, out var request))
        {
            return BackendProblems.BadKey(KeyHeader);
        }

        if (body is { Qty: null, Price: null, TriggerPrice: null } || body.Qty <= 0m || body.Price <= 0m || body.TriggerPrice <= 0m)
        {
            return BackendProblems.BadOrder("Give qty, price or trigger_price, each above zero.");
        }

        var (row, refusal) = await FindWorkingAsync(order, ct);
        if (row is null)
        {
            return refusal!;
        }

        var known = OrderTerms.TriggerOf(row);
        var message = MessageOf(Modify, order, row.Symbol, row.Side, row.Run, user) with
        {
            ClientOrderId = request,
            Quantity = body.Qty ?? row.Quantity,
            Price = body.Price ?? row.Price,
            Conditions = new OrderConditions { TriggerPrice = body.TriggerPrice ?? known },
            Type = row.Type,
            TimeInForce = row.TimeInForce,
        };
        return await SendAsync(message, "order.change_requested", body, user, ct);
    }

    public async Task<IResult> CancelAsync(Guid order, ClaimsPrincipal user, CancellationToken ct)
    {
        var (row, refusal) = await FindWorkingAsync(order, ct);
        return row is null
            ? refusal!
            : await SendAsync(
                MessageOf(Cancel, order, row.Symbol, row.Side, row.Run, user) with
                {
                    Quantity = row.Quantity,
                    Type = row.Type,
                    TimeInForce = row.TimeInForce,
                },
                "order.cancel_requested",
                new { },
                user,
                ct
            );
    }

    private static string? ProblemOf(NewOrderRequest body) =>
        WireNames.FindSide(body.Side) is null ? $"side '{body.Side}' is neither BUY nor SELL."
        : WireNames.FindType(body.Type) is not { } type
            ? $"type '{body.Type}' is none of {string.Join(", ", Enum.GetValues<OrderType>().Select(WireNames.Name))}."
        : WireNames.FindTimeInForce(body.Tif) is null
            ? $"tif '{body.Tif}' is none of {string.Join(", ", Enum.GetValues<TimeInForce>().Select(WireNames.Name))}."
        : body.Qty <= 0m ? "qty must be above zero."
        : (body.TakeProfit is null) != (body.StopLoss is null) ? "A bracket has both take_profit and stop_loss."
        : type is OrderType.Limit or OrderType.StopLimit or OrderType.Iceberg && body.Price is null ? $"{body.Type} needs a price."
        : null;

    private async Task<(OrderRow? Row, IResult? Refusal)> FindWorkingAsync(Guid order, CancellationToken ct) =>
        !(await orders.FindAsync([order], ct)).TryGetValue(order, out var row) ? (null, BackendProblems.UnknownOrder(order))
        : OrderStatuses.Terminal.Contains(row.Status) ? (null, BackendProblems.OrderIsDone(order, row.Status))
        : (row, null);

    private async Task<IResult> SendAsync(OrderMessage message, string eventType, object body, ClaimsPrincipal user, CancellationToken ct)
    {
        var changes = new { request = message.ClientOrderId, body };
        await audit.WriteAsync(new AuditEntry(eventType, user.UserId, "order", message.Id.ToString("D"), changes), ct);
        try
        {
            await bus.PublishAsync(message, ct);
        }
        catch (Exception away) when (!ct.IsCancellationRequested && TransientFailures.Includes(away))
        {
            return BackendProblems.BusAway(KeyHeader, message.ClientOrderId);
        }

        return TypedResults.Accepted(
            $"/api/v1/orders/{message.Id}",
            new OrderRequestResponse(message.Id, message.ClientOrderId, message.Event)
        );
    }

    private OrderMessage MessageOf(string kind, Guid id, string symbol, Side side, string run, ClaimsPrincipal user) =>
        new()
        {
            Id = id,
            ClientOrderId = id,
            Symbol = symbol,
            Side = side,
            Quantity = 0m,
            Type = WireNames.Name(OrderType.Market),
            TimeInForce = WireNames.Name(TimeInForce.Day),
            Event = kind,
            Run = run,
            Origin = user.Identity?.Name ?? "unknown",
            Timestamp = time.GetUtcNow(),
        };

    private bool TryKey(string? key, out Guid id)
    {
        id = ids.NewId();
        return string.IsNullOrEmpty(key) || (Guid.TryParse(key, out id) && id != Guid.Empty);
    }
}
