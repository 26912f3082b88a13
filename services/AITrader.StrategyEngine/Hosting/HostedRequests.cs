using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Storage.Rows;
using AITrader.Storage.Strategies;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>What one hosted strategy asks for, on its way to the outbox: each request with its event in the audit trail.</summary>
/// <param name="strategy">Its name.</param>
/// <param name="version">Its version.</param>
/// <param name="known">Ids of the events of what it asked for before.</param>
/// <param name="time">Wall clock.</param>
internal sealed class HostedRequests(string strategy, string version, IReadOnlySet<Guid> known, TimeProvider time)
{
    private readonly List<PlacedOrder> _waiting = [];

    /// <summary>What the execution engine writes of a cancel that was asked for here.</summary>
    public string CancelReason => $"CANCEL_REQUESTED by={strategy}";

    /// <summary>Whether anything waits to be sent.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Whether an order was asked for before.</summary>
    public bool KnowsOrder(Guid order) => known.Contains(AuditOf("order", order));

    /// <summary>Whether a cancel was asked for before.</summary>
    public bool KnowsCancel(Guid order) => known.Contains(AuditOf("cancel", order));

    /// <summary>Asks for an order.</summary>
    public void New(OrderRequest request) => New(request, MessageOf(request, "NEW"));

    /// <summary>Asks for an entry with the orders that close it.</summary>
    public void New(Bracket bracket) =>
        New(
            bracket.Entry,
            MessageOf(bracket.Entry, "NEW") with
            {
                TakeProfit = bracket.TakeProfit.LimitPrice,
                StopLoss = bracket.StopLoss.Conditions.TriggerPrice,
            }
        );

    /// <summary>Asks for a cancel.</summary>
    public void Cancel(Order order) =>
        Add(
            AuditOf("cancel", order.Id),
            "strategy.cancel",
            MessageOf(order.Request, "CANCEL"),
            ("order_id", order.Id.ToString("D")),
            ("reason", order.Reason)
        );

    /// <summary>Tells the audit trail of an order that is not sent.</summary>
    public void Denied(OrderRequest request, string reason) =>
        Add(
            AuditOf("denied", request.Id),
            "strategy.denied",
            null,
            ("order_id", request.Id.ToString("D")),
            ("side", WireNames.Name(request.Side)),
            ("qty", FormattableString.Invariant($"{request.Quantity}")),
            ("symbol", request.Symbol),
            ("event_time", FormattableString.Invariant($"{request.EventTime:O}")),
            ("reason", reason)
        );

    /// <summary>Tells the audit trail that the strategy was stopped.</summary>
    public void Stopped(string scope, string reason) =>
        Add(DeterministicId.Create("audit", $"strategy-stopped/{scope}/{strategy}"), "strategy.stopped", null, ("reason", reason));

    /// <summary>Takes what waits.</summary>
    public IReadOnlyList<PlacedOrder> Take()
    {
        PlacedOrder[] taken = [.. _waiting];
        _waiting.Clear();
        return taken;
    }

    /// <summary>The request that a stored order was made of; null where its kind is not known here.</summary>
    public static OrderRequest? RequestOf(OrderRow row) =>
        WireNames.FindType(row.Type) is not { } type || WireNames.FindTimeInForce(row.TimeInForce) is not { } force
            ? null
            : new OrderRequest
            {
                Id = row.Id,
                ClientOrderId = row.ClientOrderId,
                Symbol = row.Symbol,
                Side = row.Side,
                Type = type,
                TimeInForce = force,
                Quantity = row.Quantity,
                LimitPrice = row.Price,
                Conditions = row.Conditions is { } json
                    ? JsonSerializer.Deserialize(json, HostingJson.Default.OrderConditions)!
                    : OrderConditions.None,
                Origin = row.Origin,
                EventTime = row.EventTime,
                Seq = row.Seq,
                Run = row.Run,
            };

    private void New(OrderRequest request, OrderMessage message) =>
        Add(
            AuditOf("order", request.Id),
            "strategy.order",
            message,
            ("order_id", request.Id.ToString("D")),
            ("tag", request.Origin),
            ("side", WireNames.Name(request.Side)),
            ("qty", FormattableString.Invariant($"{request.Quantity}")),
            ("symbol", request.Symbol),
            ("event_time", FormattableString.Invariant($"{request.EventTime:O}"))
        );

    private void Add(Guid id, string type, OrderMessage? message, params (string Key, string Value)[] changes)
    {
        var told = changes
            .Append((Key: "version", Value: version))
            .ToDictionary(static one => one.Key, static one => one.Value, StringComparer.Ordinal);
        _waiting.Add(
            new PlacedOrder(
                new AuditEventRow
                {
                    Id = id,
                    EventType = type,
                    EntityType = StrategyOrders.AuditEntity,
                    EntityId = strategy,
                    Changes = JsonSerializer.Serialize(told, HostingJson.Default.DictionaryStringString),
                    Timestamp = time.GetUtcNow(),
                },
                message
            )
        );
    }

    private static Guid AuditOf(string what, Guid order) => DeterministicId.Create("audit", $"strategy-{what}/{order:D}");

    private OrderMessage MessageOf(OrderRequest request, string what) =>
        new()
        {
            Id = request.Id,
            ClientOrderId = request.ClientOrderId,
            Symbol = request.Symbol,
            Side = request.Side,
            Quantity = request.Quantity,
            Price = request.LimitPrice,
            Conditions = request.Conditions,
            Type = WireNames.Name(request.Type),
            TimeInForce = WireNames.Name(request.TimeInForce),
            Event = what,
            Origin = strategy,
            Timestamp = request.EventTime,
            Seq = request.Seq,
            Run = request.Run,
        };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(OrderConditions))]
internal sealed partial class HostingJson : JsonSerializerContext;
