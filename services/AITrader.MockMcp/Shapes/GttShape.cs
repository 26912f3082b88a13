using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Market;

namespace AITrader.MockMcp.Shapes;

/// <summary>Triggers as Kite shows them.</summary>
internal static class GttShape
{
    public static object Of(Gtt gtt) =>
        new
        {
            gtt.Id,
            Rms.UserId,
            ParentTrigger = (int?)null,
            gtt.Type,
            CreatedAt = IndianTime.Text(gtt.CreatedAt),
            UpdatedAt = IndianTime.Text(gtt.UpdatedAt),
            ExpiresAt = IndianTime.Text(gtt.ExpiresAt),
            gtt.Status,
            Condition = new
            {
                gtt.Exchange,
                gtt.LastPrice,
                Tradingsymbol = gtt.Symbol,
                gtt.TriggerValues,
                InstrumentToken = gtt.Token,
            },
            Orders = gtt.Orders.Select(order => Order(gtt, order)),
            Meta = new { },
        };

    private static JsonObject Order(Gtt gtt, GttOrder order)
    {
        var shape = Leg(gtt, order, string.Empty, string.Empty);
        shape["result"] = order.Result is { } result ? Result(gtt, order, result) : null;
        return shape;
    }

    private static JsonObject Result(Gtt gtt, GttOrder order, GttResult result)
    {
        var shape = Leg(gtt, order, Rms.UserId, "DAY");
        shape["meta"] = string.Create(CultureInfo.InvariantCulture, $$"""{"app_id":12617,"gtt":{{gtt.Id}}}""");
        shape["timestamp"] = IndianTime.Text(result.At);
        shape["triggered_at"] = result.TriggeredAt;
        shape["order_result"] = new JsonObject
        {
            ["status"] = result.Status,
            ["order_id"] = result.OrderId,
            ["rejection_reason"] = result.RejectionReason,
        };
        return shape;
    }

    private static JsonObject Leg(Gtt gtt, GttOrder order, string account, string validity) =>
        JsonSerializer
            .SerializeToNode(
                new
                {
                    AccountId = account,
                    ParentOrderId = string.Empty,
                    gtt.Exchange,
                    Tradingsymbol = gtt.Symbol,
                    Validity = validity,
                    order.Product,
                    order.OrderType,
                    order.TransactionType,
                    order.Quantity,
                    DisclosedQuantity = 0,
                    order.Price,
                    TriggerPrice = 0,
                    LtpAtp = account.Length == 0 ? string.Empty : "LTP",
                    SquareoffAbsTick = account.Length == 0 ? string.Empty : "absolute",
                    StoplossAbsTick = account.Length == 0 ? string.Empty : "absolute",
                    Squareoff = 0,
                    Stoploss = 0,
                    TrailingStoploss = 0,
                    Meta = string.Empty,
                    Guid = string.Empty,
                },
                KiteFormat.Json
            )!
            .AsObject();
}
