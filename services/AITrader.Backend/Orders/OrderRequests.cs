using System.Diagnostics;
using System.Security.Claims;
using AITrader.Backend.Data;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Messaging;
using AITrader.Storage.Outbox;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Orders;

/// <summary>Sends people's orders, changes and cancels to the execution engine.</summary>
/// <remarks>
/// A request is stored with its audit event before it is sent, and what the bus loses is sent again. A caller that got no answer repeats it
/// under the same Idempotency-Key: it is taken once.
/// </remarks>
internal sealed class OrderRequests(
    OrderQueries orders,
    KnownSymbols symbols,
    RunQueries runs,
    OrderRequestStore store,
    IOutboxRelay relay,
    IIdSource ids,
    TimeProvider time,
    ILogger<OrderRequests> log
)
{
    public const string KeyHeader = "Idempotency-Key";

    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(2);

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
                    ClientOrderId = ids.NewId(),
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
        var (id, changes) = (message.ClientOrderId, new { request = message.ClientOrderId, body });
        var entry = new AuditEntry(eventType, user.UserId, "order", message.Id.ToString("D"), changes);
        if (await store.WriteAsync(id, message, entry, ct) == OrderRequestResult.KeyTaken)
        {
            return BackendProblems.KeyTaken(KeyHeader, id);
        }

        await TryPublishAsync(message, ct);
        return TypedResults.Accepted(
            $"/api/v1/orders/{message.Id}",
            new OrderRequestResponse(message.Id, message.ClientOrderId, message.Event)
        );
    }

    // It is stored: it goes to the bus as soon as that is back.
    private async Task TryPublishAsync(OrderMessage message, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(PublishLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await relay.FlushAsync(either.Token);
        }
        catch (Exception away) when (!ct.IsCancellationRequested && (limit.IsCancellationRequested || TransientFailures.Includes(away)))
        {
            log.BusIsAway(message.Event, message.Id, away.Message);
        }
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
            Trace = Activity.Current?.Id ?? string.Empty,
            Timestamp = time.GetUtcNow(),
        };

    private bool TryKey(string? key, out Guid id)
    {
        id = ids.NewId();
        return string.IsNullOrEmpty(key) || (Guid.TryParse(key, out id) && id != Guid.Empty);
    }
}

internal static partial class OrderRequestLog
{
    [LoggerMessage(LogLevel.Warning, "{Kind} of order {Order} is stored and waits for the bus: {Failure}")]
    public static partial void BusIsAway(this ILogger log, string kind, Guid order, string failure);
}
