using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>
/// What a broker lacks, made from market and limit orders. Pure: an order with what is held of it goes in, the next one comes out;
/// whoever talks to the broker sends <see cref="HeldOrder.Sent"/> when it changes.
/// </summary>
public static class LocalEmulation
{
    private const decimal BpsPerUnit = 10_000m;

    private const BrokerCapabilities Holding =
        BrokerCapabilities.Stop
        | BrokerCapabilities.StopLimit
        | BrokerCapabilities.TrailingStop
        | BrokerCapabilities.MarketIfTouched
        | BrokerCapabilities.Iceberg;

    /// <summary>What an order asks of a broker.</summary>
    public static BrokerCapabilities Needs(OrderRequest request)
    {
        var conditions = request.Conditions;
        return OfType(request.Type)
            | OfTime(request.TimeInForce)
            | (conditions.ReduceOnly ? BrokerCapabilities.ReduceOnly : BrokerCapabilities.None)
            | (conditions.PostOnly ? BrokerCapabilities.PostOnly : BrokerCapabilities.None)
            | (conditions is { ParentId: not null } or { OcoGroup: not null } ? BrokerCapabilities.Linked : BrokerCapabilities.None);
    }

    /// <summary>Why an order can be had neither at the broker nor here; null where it can.</summary>
    public static Denial? Refusal(OrderRequest request, BrokerCapabilities broker)
    {
        var missing = Needs(request) & ~broker & BrokerCapabilities.OnlyNative;
        return missing == BrokerCapabilities.None ? null : Denial.Of(DenialCodes.OrderKindNotOffered, ("missing", missing));
    }

    /// <summary>A new order with what is held of it; as it is where the broker takes it.</summary>
    public static Order Take(Order order, BrokerCapabilities broker)
    {
        var (request, missing) = (order.Request, Needs(order.Request) & ~broker);
        var isChild = request.Conditions.ParentId is not null && missing.HasFlag(BrokerCapabilities.Linked);
        if (!isChild && (missing & Holding) == BrokerCapabilities.None)
        {
            return order;
        }

        var waits = (missing & Holding & ~BrokerCapabilities.Iceberg) != BrokerCapabilities.None;
        var held = new HeldOrder
        {
            Waits = waits,
            Trigger = request.Conditions.TriggerPrice,
            IsNative = !waits && (request.Type is OrderType.Stop or OrderType.StopLimit),
            Dormant = isChild ? request.Quantity : 0m,
        };
        return Send(order with { Held = held }, request.EventTime);
    }

    /// <summary>After a trade: a trigger that it reaches sets the order off, else a trailing stop follows it.</summary>
    public static Order OnTrade(Order order, decimal price, DateTimeOffset at)
    {
        if (order.Held is not { Waits: true } held || order.Active <= 0m)
        {
            return order;
        }

        if (held.Trigger is { } trigger && IsReached(order.Request, price, trigger))
        {
            return Send(order with { Held = held with { Waits = false } }, at);
        }

        return order.Request.Type == OrderType.TrailingStop ? order with { Held = Follow(order.Request, held, price) } : order;
    }

    /// <summary>After an execution of the parent: as much of the order is active as the parent got.</summary>
    public static Order Activate(Order order, decimal quantity, DateTimeOffset at)
    {
        var held = order.Held ?? throw new InvalidOperationException($"Order {order.Id} does not wait for a parent.");
        var woken = Math.Min(quantity, held.Dormant);
        var grown = held with
        {
            Dormant = held.Dormant - woken,
            Sent =
                held.Sent is { Open: > 0m } sent && order.Request.Type != OrderType.Iceberg
                    ? sent with
                    {
                        Quantity = sent.Quantity + woken,
                    }
                    : held.Sent,
        };
        return Send(order with { Held = grown }, at);
    }

    /// <summary>Sends the next part where nothing is at the broker and something may be: the next slice of an iceberg.</summary>
    public static Order Send(Order order, DateTimeOffset at)
    {
        if (order.Held is not { Waits: false } held || held.Sent is { Open: > 0m } || order.Active <= 0m)
        {
            return order;
        }

        var isIceberg = order.Request.Type == OrderType.Iceberg;
        var quantity = isIceberg ? Math.Min(order.Active, order.Request.Conditions.DisplayQuantity ?? order.Active) : order.Active;
        return order with
        {
            Held = held with { Sent = new SentPart(held.IsNative ? order.Request.Type : SentTypeOf(order.Request.Type), quantity, at) },
        };
    }

    /// <summary>Sends what is left anew, behind everybody else: its terms have changed.</summary>
    public static Order Resend(Order order, DateTimeOffset at) =>
        Send(order with { Held = (order.Held ?? new HeldOrder()) with { Sent = null } }, at);

    private static HeldOrder Follow(OrderRequest request, HeldOrder held, decimal price)
    {
        var isBuy = request.Side == Side.Buy;
        var best =
            held.Best is not { } seen ? price
            : isBuy ? Math.Min(seen, price)
            : Math.Max(seen, price);
        var distance = request.Conditions.TrailingAmount ?? best * (request.Conditions.TrailingBps ?? 0m) / BpsPerUnit;
        var followed = isBuy ? best + distance : best - distance;
        var trigger =
            held.Trigger is not { } before ? followed
            : isBuy ? Math.Min(before, followed)
            : Math.Max(before, followed);
        return held with { Best = best, Trigger = trigger };
    }

    // A stop goes with the market, an order that waits for a touch against it.
    private static bool IsReached(OrderRequest request, decimal price, decimal trigger) =>
        request.Side == Side.Buy == (request.Type != OrderType.MarketIfTouched) ? price >= trigger : price <= trigger;

    private static OrderType SentTypeOf(OrderType type) =>
        type is OrderType.Limit or OrderType.StopLimit or OrderType.Iceberg ? OrderType.Limit : OrderType.Market;

    private static BrokerCapabilities OfType(OrderType type) =>
        type switch
        {
            OrderType.Stop => BrokerCapabilities.Stop,
            OrderType.StopLimit => BrokerCapabilities.StopLimit,
            OrderType.TrailingStop => BrokerCapabilities.TrailingStop,
            OrderType.MarketIfTouched => BrokerCapabilities.MarketIfTouched,
            OrderType.Iceberg => BrokerCapabilities.Iceberg,
            _ => BrokerCapabilities.None,
        };

    private static BrokerCapabilities OfTime(TimeInForce timeInForce) =>
        timeInForce switch
        {
            TimeInForce.Gtc => BrokerCapabilities.Gtc,
            TimeInForce.Ioc => BrokerCapabilities.Ioc,
            TimeInForce.Fok => BrokerCapabilities.Fok,
            TimeInForce.Gtd => BrokerCapabilities.Gtd,
            _ => BrokerCapabilities.None,
        };
}
