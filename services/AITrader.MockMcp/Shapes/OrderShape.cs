using System.Text.Json;
using System.Text.Json.Nodes;
using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Shapes;

/// <summary>Orders and trades as Kite shows them.</summary>
internal static class OrderShape
{
    public static JsonObject Of(BrokerOrder order) =>
        JsonSerializer.SerializeToNode(State(order), KiteFormat.Json)!.AsObject().With(Instrument(order)).With(Numbers(order));

    /// <summary>An order as updates of the ticker and postbacks have it.</summary>
    public static JsonObject Update(BrokerOrder order, string checksum)
    {
        var update = Of(order);
        update["user_id"] = Rms.UserId;
        update["app_id"] = 12617;
        update["checksum"] = checksum;
        update["unfilled_quantity"] = order.Pending;
        return update;
    }

    public static object Of(Trade trade) =>
        new
        {
            TradeId = trade.Id,
            trade.OrderId,
            trade.Exchange,
            Tradingsymbol = trade.Symbol,
            InstrumentToken = trade.Token,
            trade.Product,
            AveragePrice = trade.Price,
            trade.Quantity,
            trade.ExchangeOrderId,
            TransactionType = trade.IsBuy ? "BUY" : "SELL",
            FillTimestamp = IndianTime.Text(trade.FilledAt),
            OrderTimestamp = IndianTime.TimeText(trade.OrderedAt),
            ExchangeTimestamp = IndianTime.Text(trade.FilledAt),
        };

    private static object State(BrokerOrder order) =>
        new
        {
            AccountId = Rms.UserId,
            PlacedBy = Rms.UserId,
            OrderId = order.Id,
            ExchangeOrderId = order.ExchangeId,
            ParentOrderId = order.ParentId,
            order.Status,
            StatusMessage = order.Message,
            StatusMessageRaw = order.RawMessage,
            OrderTimestamp = IndianTime.Text(order.RequestedAt),
            ExchangeUpdateTimestamp = Text(order.ExchangeUpdatedAt),
            ExchangeTimestamp = Text(order.ExchangeAt),
            Modified = order.Modifications > 0,
            Meta = Meta(order),
            order.Ticket.Tag,
            Guid = (string?)null,
        };

    private static JsonObject Instrument(BrokerOrder order) =>
        new()
        {
            ["variety"] = order.Ticket.Variety,
            ["exchange"] = order.Ticket.Exchange,
            ["tradingsymbol"] = order.Ticket.Symbol,
            ["instrument_token"] = order.Ticket.Token,
            ["order_type"] = order.Ticket.OrderType,
            ["transaction_type"] = order.Ticket.Side,
            ["validity"] = order.Ticket.Validity,
            ["validity_ttl"] = order.Ticket.ValidityMinutes,
            ["product"] = order.Ticket.Variety == "co" ? "CO" : order.Ticket.Product,
            ["auction_number"] = order.Ticket.AuctionNumber,
            ["tags"] = order.Ticket.Tag is { } tag ? new JsonArray(tag) : new JsonArray(),
        };

    private static JsonObject Numbers(BrokerOrder order) =>
        new()
        {
            ["quantity"] = order.Ticket.Quantity,
            ["disclosed_quantity"] = order.Ticket.DisclosedQuantity,
            ["price"] = order.Ticket.Price,
            ["trigger_price"] = order.Ticket.TriggerPrice,
            ["average_price"] = order.AveragePrice,
            ["filled_quantity"] = order.Filled,
            ["pending_quantity"] = order.Pending,
            ["cancelled_quantity"] = order.Cancelled,
            ["market_protection"] = order.Ticket.MarketProtection,
        };

    private static object Meta(BrokerOrder order) =>
        order.Iceberg is { } leg
            ? new
            {
                Iceberg = new
                {
                    leg.Leg,
                    leg.Legs,
                    leg.LegQuantity,
                    leg.TotalQuantity,
                    RemainingQuantity = leg.Remaining,
                },
            }
            : new { };

    private static string? Text(DateTimeOffset? instant) => instant is { } at ? IndianTime.Text(at) : null;

    private static JsonObject With(this JsonObject left, JsonObject right)
    {
        foreach (var (name, value) in right)
        {
            left[name] = value?.DeepClone();
        }

        return left;
    }
}
