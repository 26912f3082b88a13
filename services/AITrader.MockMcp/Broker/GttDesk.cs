using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;
using static AITrader.MockMcp.Orders.BrokerRefusalException;

namespace AITrader.MockMcp.Broker;

/// <summary>Sets triggers, changes and deletes them, and places their orders. Not safe from several threads.</summary>
internal sealed class GttDesk(BrokerState state, OrderFlow flow, MarketBoard board)
{
    private const decimal MinDistance = 0.0025m;

    public Gtt Set(GttRequest request, DateTimeOffset now) => state.Keep(Make(request, state.Ids.NextGtt(), now, now));

    public Gtt Change(int id, GttRequest request, DateTimeOffset now)
    {
        var before = Find(id);
        return before.IsActive
            ? state.Keep(Make(request, id, before.CreatedAt, now))
            : throw Input("Only active triggers can be modified.");
    }

    public Gtt Delete(int id, DateTimeOffset now)
    {
        var before = Find(id);
        return before.IsActive
            ? state.Keep(before with { Status = "deleted", UpdatedAt = now })
            : throw Input("Only active triggers can be deleted.");
    }

    public Gtt Find(int id) => state.Gtt(id) ?? throw new BrokerRefusalException(404, "InputException", "Trigger doesn't exist.");

    /// <summary>Places the orders of triggers that the price has reached, and ends those whose year is over.</summary>
    public void Step(DateTimeOffset now)
    {
        foreach (var gtt in state.Gtts.Where(static gtt => gtt.IsActive).ToList())
        {
            var price = board.Entries[gtt.Token].Snapshot.LastPrice;
            if (now >= gtt.ExpiresAt)
            {
                state.Keep(gtt with { Status = "expired", UpdatedAt = now });
            }
            else if (gtt.Reached(price) is { } leg)
            {
                Fire(gtt, leg, price, now);
            }
        }
    }

    private void Fire(Gtt gtt, int leg, decimal price, DateTimeOffset now)
    {
        // Kept as triggered first: killed in between, it must not place its order a second time.
        gtt = state.Keep(gtt with { Status = "triggered", UpdatedAt = now });
        var orders = gtt.Orders.ToArray();
        orders[leg] = orders[leg] with { Result = Place(gtt, orders[leg], price, now) };
        state.Keep(gtt with { Orders = orders });
    }

    private GttResult Place(Gtt gtt, GttOrder order, decimal price, DateTimeOffset now)
    {
        try
        {
            var placed = flow.Place(Ticket(gtt, order), now);
            return placed.Status == OrderStatus.Rejected
                ? new GttResult(now, price, "failed", placed.Id, placed.Message ?? string.Empty)
                : new GttResult(now, price, "success", placed.Id, string.Empty);
        }
        catch (BrokerRefusalException refusal)
        {
            return new GttResult(now, price, "failed", string.Empty, refusal.Message);
        }
    }

    private static OrderTicket Ticket(Gtt gtt, GttOrder order) =>
        new()
        {
            Variety = "regular",
            Exchange = gtt.Exchange,
            Symbol = gtt.Symbol,
            Token = gtt.Token,
            IsBuy = order.TransactionType == "BUY",
            OrderType = order.OrderType,
            Product = order.Product,
            Quantity = order.Quantity,
            Price = order.Price,
        };

    private Gtt Make(GttRequest request, int id, DateTimeOffset createdAt, DateTimeOffset now)
    {
        var listing = Listing.Find(request.Exchange, request.Symbol);
        if (listing is not { IsIndex: false })
        {
            throw Input("The instrument you are placing an order for has either expired or does not exist.");
        }

        Check(request, board.Entries[listing.Token].Snapshot.LastPrice);
        return new Gtt
        {
            Id = id,
            Type = request.Type,
            Status = "active",
            Exchange = request.Exchange,
            Symbol = request.Symbol,
            Token = listing.Token,
            TriggerValues = request.TriggerValues,
            LastPrice = request.LastPrice,
            Orders = request.Orders,
            CreatedAt = createdAt,
            UpdatedAt = now,
            ExpiresAt = createdAt.AddYears(1),
        };
    }

    private static void Check(GttRequest request, decimal price)
    {
        var legs = request.Type switch
        {
            "single" => 1,
            "two-leg" => 2,
            _ => throw Invalid("type"),
        };
        if (request.TriggerValues.Count != legs || request.TriggerValues.Any(static value => value <= 0))
        {
            throw Invalid("trigger_values");
        }

        if (request.Orders.Count != legs || request.LastPrice <= 0)
        {
            throw Invalid(request.LastPrice <= 0 ? "last_price" : "orders");
        }

        if (
            request.Orders.Any(static order =>
                order is not { OrderType: "LIMIT", Quantity: > 0, Price: > 0, TransactionType: "BUY" or "SELL" }
            )
        )
        {
            throw Invalid("orders");
        }

        if (legs == 2 && !(request.TriggerValues[0] < price && price < request.TriggerValues[1]))
        {
            throw Input("Trigger price created with last price should be between the stoploss and target prices.");
        }

        if (request.TriggerValues.Any(value => Math.Abs(value - price) < price * MinDistance))
        {
            throw Input("Trigger price was too close to the last price. It should be at least 0.25% away.");
        }
    }
}

/// <summary>A trigger as it was asked for.</summary>
internal sealed record GttRequest(
    string Type,
    string Exchange,
    string Symbol,
    IReadOnlyList<decimal> TriggerValues,
    decimal LastPrice,
    IReadOnlyList<GttOrder> Orders
);
